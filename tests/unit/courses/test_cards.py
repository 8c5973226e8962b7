"""Accepted corrections on fakes."""

import pytest

from contexts.courses.domain.cards import Card, NoCard
from contexts.courses.events import ItemReviewed
from contexts.shared.kernel import new_id
from tests.fakes.courses import ENROLLMENT, LEARNER, NOON, Courses

EDIT = new_id()


def card(*, language: str = "es") -> Card:
    return Card(
        edit_id=EDIT,
        sentence="Yo quiere café",
        corrected="Yo quiero café",
        language=language,
        category="word_form",
    )


class TestACard:
    def test_needs_a_change(self) -> None:
        with pytest.raises(NoCard):
            Card(edit_id=EDIT, sentence="Sí", corrected="Sí", language="es", category="case")


class TestRemembering:
    def test_adds_it_as_not_known(self) -> None:
        courses = Courses().enroll()

        courses.cards.remember(learner_id=LEARNER, card=card(), now=NOON)

        assert list(courses.rows.traces) == [card().key]
        (event,) = courses.rows.events
        assert isinstance(event, ItemReviewed)
        assert (event.item, event.rating) == (card().key, 1)

    def test_happens_once(self) -> None:
        courses = Courses().enroll()
        courses.cards.remember(learner_id=LEARNER, card=card(), now=NOON)

        courses.cards.remember(learner_id=LEARNER, card=card(), now=NOON)

        assert len(courses.rows.attempts) == len(courses.rows.events) == 1

    @pytest.mark.parametrize("language", ["fr", "de"])
    def test_does_nothing_without_a_course_of_its_language(self, language: str) -> None:
        courses = Courses().enroll()

        courses.cards.remember(learner_id=LEARNER, card=card(language=language), now=NOON)

        assert (courses.rows.cards, courses.rows.attempts) == ({}, {})

    def test_is_reviewed_by_correcting_the_sentence(self) -> None:
        courses = Courses().enroll()
        courses.cards.remember(learner_id=LEARNER, card=card(), now=NOON)

        graded = courses.answers.answer(
            enrollment_id=ENROLLMENT,
            learner_id=LEARNER,
            attempt_id=new_id(),
            exercise=card().key,
            answer={"text": "Yo quiero café"},
            duration_ms=None,
            now=NOON,
        )

        assert (graded.grade.rating, graded.lesson) == (3, "")
        state = courses.rows.traces[card().key].state
        assert state is not None
        assert state.stability == 4.0
