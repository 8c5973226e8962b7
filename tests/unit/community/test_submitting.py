"""Use cases of texts on fakes: they are submitted, reserved, rewritten and withdrawn."""

from typing import Any

import pytest

from contexts.community.domain.submissions import (
    SubmissionIdReused,
    SubmissionNotFound,
    SubmissionState,
    TextLocked,
)
from contexts.community.domain.texts import ContactDetails, DailyLimit, TextEmpty
from contexts.shared.kernel import DomainError
from tests.fakes.community import (
    CORRECTOR,
    NOW,
    OTHER,
    TEXT,
    WRITER,
    FakeCommunity,
)
from tests.unit.community.acts import names, reserve, submit, with_text


class TestSubmitting:
    def test_opens_the_text_and_waits_for_twins(self) -> None:
        community = FakeCommunity()

        submit(community)

        assert community.texts.rows[TEXT].state is SubmissionState.OPEN
        assert community.limits.waited == [WRITER]
        assert names(community.texts.events) == ["SubmissionOpened"]

    @pytest.mark.parametrize(("level", "expected"), [(None, "B1"), ("C1", "C1")])
    def test_has_the_writers_level_unless_named(self, level: str | None, expected: str) -> None:
        community = FakeCommunity()

        submit(community, level=level)

        assert community.texts.rows[TEXT].level == expected

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [({"text": "  "}, TextEmpty), ({"question": "a@b.org"}, ContactDetails)],
    )
    def test_is_refused(self, changes: dict[str, Any], refusal: type[DomainError]) -> None:
        community = FakeCommunity()

        with pytest.raises(refusal):
            submit(community, **changes)

        assert community.texts.rows == {}

    def test_is_limited_per_day(self) -> None:
        community = FakeCommunity()
        community.texts.written = community.limits.submissions

        with pytest.raises(DailyLimit):
            submit(community)

        assert community.texts.rows == {}


class TestReserving:
    def test_happens_once(self) -> None:
        community = FakeCommunity()

        reserve(community)
        reserve(community, text="Something else.")

        assert community.texts.rows[TEXT].text == "I has a cat."
        assert community.texts.events == []

    def test_refuses_the_id_of_another_writer(self) -> None:
        community = FakeCommunity()
        reserve(community)

        with pytest.raises(SubmissionIdReused):
            reserve(community, writer_id=OTHER)

    def test_is_opened_once(self) -> None:
        community = FakeCommunity()
        reserve(community)

        for _ in range(2):
            community.submitting.open_draft(submission_id=TEXT, now=NOW)

        assert names(community.texts.events) == ["SubmissionOpened"]

    def test_that_expired_is_not_opened(self) -> None:
        community = FakeCommunity()

        community.submitting.open_draft(submission_id=TEXT, now=NOW)

        assert community.texts.rows == {}


class TestRewriting:
    def test_replaces_the_text(self) -> None:
        community = with_text()

        community.submitting.rewrite(submission_id=TEXT, writer_id=WRITER, text="New.", now=NOW)

        assert community.texts.rows[TEXT].text == "New."

    def test_is_refused_during_a_turn(self) -> None:
        community = with_text()
        community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)

        with pytest.raises(TextLocked):
            community.submitting.rewrite(submission_id=TEXT, writer_id=WRITER, text="New.", now=NOW)

        assert community.texts.rows[TEXT].text == "I has a cat. It is black."

    def test_is_refused_to_others(self) -> None:
        community = with_text()

        with pytest.raises(SubmissionNotFound):
            community.submitting.rewrite(submission_id=TEXT, writer_id=OTHER, text="N", now=NOW)


class TestWithdrawing:
    def test_can_be_repeated(self) -> None:
        community = with_text()

        for _ in range(2):
            community.submitting.withdraw(submission_id=TEXT, writer_id=WRITER)

        assert community.texts.rows[TEXT].state is SubmissionState.WITHDRAWN


class TestSweeping:
    def test_does_all_three(self) -> None:
        community = FakeCommunity()

        community.submitting.sweep(now=NOW)

        assert community.texts.swept == ["escalate", "forget_drafts", "end_leases"]
