"""Inserts of thousands of rows, on every engine."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from contexts.community.models import Member
from contexts.courses.models import Memory
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.filling import fill, fill_with, json_of
from contexts.shared.kernel import new_id
from tests.factories.courses import EnrollmentFactory

pytestmark = pytest.mark.django_db

COLUMNS = ("id", "display_name", "native_languages", "last_learned_at")
AT = datetime(2026, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)


class TestFilling:
    def test_writes_what_is_read_back(self) -> None:
        odd = "Ñandú\t\\N \n“🦉” "
        rows = [(new_id(), odd, json_of(["es-MX"]), AT), (new_id(), "", json_of([]), None)]

        count = _fill(rows)

        found = Member.objects.order_by("pk")
        assert count == 2
        assert [
            (one.pk, one.display_name, one.native_languages, one.last_learned_at) for one in found
        ] == [(rows[0][0], odd, ["es-MX"], AT), (rows[1][0], "", [], None)]
        assert {one.lessons_completed for one in found} == {7}

    def test_takes_more_rows_than_a_statement_does(self) -> None:
        count = _fill((new_id(), f"Member {n}", json_of([]), None) for n in range(2_345))

        assert count == 2_345
        assert Member.objects.count() == 2_345

    def test_writes_nothing_of_nothing(self) -> None:
        assert _fill([]) == 0
        assert fill_with([], using=alias_of("community")) == 0

    def test_refuses_a_column_that_is_left_out(self) -> None:
        with pytest.raises(ValueError, match=r"community.Member: .*lessons_completed"):
            fill(Member, COLUMNS, [], using=alias_of("community"))

    def test_writes_whole_rows_with_their_defaults(self) -> None:
        enrollment = EnrollmentFactory()
        row = Memory(
            enrollment=enrollment,
            learner_id=enrollment.learner_id,
            word_key="hello.w.one",
            due_at=AT,
            last_review_at=AT,
            stability=1.25,
            difficulty=5.5,
            state="review",
            model_version="fsrs-6.default.2",
        )

        count = fill_with([row], using=alias_of("courses"))

        kept = Memory.objects.get()
        assert count == 1
        assert (kept.stability, kept.due_at, kept.step, kept.card_id) == (1.25, AT, None, None)


def _fill(rows: Iterable[tuple[Any, ...]]) -> int:
    same: dict[str, Any] = {"studied_languages": json_of(["en"]), "lessons_completed": 7}
    return fill(Member, COLUMNS, rows, using=alias_of("community"), **same)
