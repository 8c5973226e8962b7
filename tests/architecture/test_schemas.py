"""The schemas in docs/ match the code."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from busuu.workshop import schemas

EVENT = {"subject": "learner_id", "fields": {"learner_id": "UUID", "rating": "int"}}


class TestTheCommittedSchemas:
    @pytest.mark.parametrize("name", schemas.FILES)
    @pytest.mark.parametrize("language", ["en", "es"])
    def test_are_up_to_date_whatever_is_spoken(self, language: str, name: str) -> None:
        with translation.override(language):
            assert schemas.diff(name) == ""

    def test_keep_what_events_have_promised(self) -> None:
        assert schemas.broken_events() == []

    def test_fail_the_check_when_they_differ(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        changed = {"schema.graphql": lambda: "type Query { other: Int }\n"}
        monkeypatch.setattr(schemas, "FILES", changed)

        with pytest.raises(CommandError):
            call_command("schemas", "--check")

        assert "+type Query { other: Int }" in capsys.readouterr().out


class TestBreakingAnEvent:
    @pytest.mark.parametrize(
        ("after", "message"),
        [
            ({}, "e.v1 is gone"),
            (
                {"e.v1": {**EVENT, "subject": "course"}},
                "e.v1 is about course, not learner_id",
            ),
            (
                {"e.v1": {**EVENT, "fields": {"learner_id": "UUID"}}},
                "e.v1.rating was int, is gone",
            ),
            (
                {"e.v1": {**EVENT, "fields": {"learner_id": "UUID", "rating": "float"}}},
                "e.v1.rating was int, is float",
            ),
        ],
    )
    def test_is_told(self, after: dict[str, object], message: str) -> None:
        assert schemas.breaks({"e.v1": EVENT}, after) == [message]

    def test_is_not_done_by_adding(self) -> None:
        fields = {**EVENT["fields"], "item": "str"}  # type: ignore[dict-item]

        assert schemas.breaks({"e.v1": EVENT}, {"e.v1": {**EVENT, "fields": fields}}) == []
        assert schemas.breaks({"e.v1": EVENT}, {"e.v1": EVENT, "e.v2": EVENT}) == []
