"""Tutors on fakes: they apply, are decided on, pause and leave."""

from collections.abc import Callable
from typing import Any

import pytest

from contexts.shared.kernel import DomainError
from contexts.tutoring.application.tutors import Tutors
from contexts.tutoring.domain.documents import UnknownTimeZone
from contexts.tutoring.domain.tutors import (
    AlreadyATutor,
    IntroductionTooLong,
    LanguagesMissing,
    NotInThisState,
    TutorNotFound,
    TutorState,
)
from tests.fakes.tutoring import NOW, TUTOR, FakeTutoring, has_approved_tutor


def apply(tutoring: FakeTutoring, **changes: Any) -> None:
    facts = {"languages": ["en"], "introduction": " Hello. ", "time_zone": "UTC", "now": NOW}
    tutoring.teaching.apply(person_id=TUTOR, **{**facts, **changes})


class TestApplying:
    def test_waits_for_a_decision(self) -> None:
        tutoring = FakeTutoring()

        apply(tutoring)

        row = tutoring.tutors.rows[TUTOR]
        assert (row.state, row.introduction) == (TutorState.APPLIED, "Hello.")
        assert [type(e).__name__ for e in tutoring.tutors.events] == ["TutorApplied"]

    def test_again_is_refused(self) -> None:
        tutoring = FakeTutoring()
        apply(tutoring)

        with pytest.raises(AlreadyATutor):
            apply(tutoring)

        assert len(tutoring.tutors.events) == 1

    def test_in_parallel_has_one_winner(self) -> None:
        tutoring = FakeTutoring()
        tutoring.tutors.twin = True

        with pytest.raises(AlreadyATutor):
            apply(tutoring)

        assert tutoring.tutors.rows == {}

    def test_after_leaving_waits_for_a_new_decision(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring, TutorState.LEFT)

        apply(tutoring)

        assert tutoring.tutors.rows[TUTOR].state is TutorState.APPLIED

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"languages": []}, LanguagesMissing),
            ({"languages": ["en", "EN"]}, LanguagesMissing),
            ({"introduction": "  "}, IntroductionTooLong),
            ({"time_zone": "Mars/Olympus"}, UnknownTimeZone),
        ],
    )
    def test_is_refused(self, changes: dict[str, Any], refusal: type[DomainError]) -> None:
        tutoring = FakeTutoring()

        with pytest.raises(refusal):
            apply(tutoring, **changes)

        assert tutoring.tutors.rows == {}


class TestDeciding:
    def test_approves_once(self) -> None:
        tutoring = FakeTutoring()
        apply(tutoring)

        for _ in range(2):
            tutoring.teaching.approve(tutor_id=TUTOR, by=None, now=NOW)

        names = [type(event).__name__ for event in tutoring.tutors.events]
        assert names == ["TutorApplied", "TutorApproved"]

    def test_pauses_and_resumes(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring)

        states = []
        for act in (tutoring.teaching.pause, tutoring.teaching.resume):
            act(tutor_id=TUTOR, now=NOW)
            states.append(tutoring.tutors.rows[TUTOR].state)

        assert states == [TutorState.PAUSED, TutorState.ACTIVE]

    @pytest.mark.parametrize(
        ("state", "act"),
        [(TutorState.APPLIED, Tutors.pause), (TutorState.LEFT, Tutors.resume)],
    )
    def test_refuses_a_state_that_does_not_allow_it(
        self, state: TutorState, act: Callable[..., None]
    ) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring, state)

        with pytest.raises(NotInThisState):
            act(tutoring.teaching, tutor_id=TUTOR, now=NOW)

        assert tutoring.tutors.rows[TUTOR].state is state

    def test_of_an_unknown_tutor_is_refused(self) -> None:
        with pytest.raises(TutorNotFound):
            FakeTutoring().teaching.approve(tutor_id=TUTOR, by=None, now=NOW)


class TestLeaving:
    def test_ends_teaching(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring)

        tutoring.teaching.leave(tutor_id=TUTOR)

        assert tutoring.tutors.rows[TUTOR].state is TutorState.LEFT

    def test_does_nothing_for_a_person_who_is_no_tutor(self) -> None:
        tutoring = FakeTutoring()

        tutoring.teaching.leave(tutor_id=TUTOR)

        assert tutoring.tutors.rows == {}


class TestOnesOwnState:
    def test_can_be_paused_resumed_and_left(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring)

        states = []
        for state in ("paused", "active", "left"):
            tutoring.teaching.set_state(tutor_id=TUTOR, state=state, now=NOW)
            states.append(tutoring.tutors.rows[TUTOR].state.value)

        assert states == ["paused", "active", "left"]

    @pytest.mark.parametrize("state", [TutorState.APPLIED, TutorState.LEFT, TutorState.REJECTED])
    def test_cannot_be_active_without_approval(self, state: TutorState) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring, state)

        with pytest.raises(NotInThisState):
            tutoring.teaching.set_state(tutor_id=TUTOR, state="active", now=NOW)

        assert tutoring.tutors.rows[TUTOR].state is state


class TestRejecting:
    def test_ends_an_application_that_may_be_made_again(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring, TutorState.APPLIED)

        for _ in range(2):
            tutoring.teaching.reject(tutor_id=TUTOR, now=NOW)

        assert tutoring.tutors.rows[TUTOR].state is TutorState.REJECTED
        assert [type(one).__name__ for one in tutoring.tutors.events] == ["TutorRejected"]
        tutoring.teaching.apply(
            person_id=TUTOR, languages=["en"], introduction="Again.", time_zone="UTC", now=NOW
        )
        assert tutoring.tutors.rows[TUTOR].state is TutorState.APPLIED

    def test_is_for_applicants_alone(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring)

        with pytest.raises(NotInThisState):
            tutoring.teaching.reject(tutor_id=TUTOR, now=NOW)

        assert tutoring.tutors.rows[TUTOR].state is TutorState.ACTIVE
