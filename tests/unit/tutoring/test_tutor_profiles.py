"""Profiles of tutors on fakes."""

import pytest

from contexts.tutoring.domain.tutors import ContactDetails, TutorState
from tests.fakes.tutoring import LEARNER, NOW, TUTOR, FakeTutoring, has_approved_tutor


class TestAProfile:
    @pytest.mark.parametrize(
        "text", ["Write to me@example.com", "See www.me.org", "Call +34 600 123 456", "t.me.com/x"]
    )
    def test_with_contact_details_is_refused(self, text: str) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring)

        with pytest.raises(ContactDetails):
            tutoring.teaching.change_profile(tutor_id=TUTOR, languages=["en"], introduction=text)
        with pytest.raises(ContactDetails):
            tutoring.teaching.apply(
                person_id=LEARNER,
                languages=["en"],
                introduction=text,
                time_zone="UTC",
                now=NOW,
            )

        assert tutoring.tutors.rows[TUTOR].introduction == "Hello."
        assert LEARNER not in tutoring.tutors.rows

    def test_of_an_approved_tutor_can_change(self) -> None:
        tutoring = FakeTutoring()
        has_approved_tutor(tutoring)

        tutoring.teaching.change_profile(
            tutor_id=TUTOR, languages=["en", "es"], introduction="Hola."
        )

        row = tutoring.tutors.rows[TUTOR]
        assert (row.languages, row.introduction, row.state) == (
            ("en", "es"),
            "Hola.",
            TutorState.ACTIVE,
        )
