"""How tutors come, and what staff decide and see."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from contexts.shared.kernel import UnknownLanguage, new_id, now
from contexts.tutoring import api
from contexts.tutoring.models import Tutor, TutorLanguage
from tests.factories.identity import UserFactory
from tests.factories.tutoring import approved_tutor, booked
from tests.integration.tutoring.lessons import published

pytestmark = pytest.mark.django_db


def _apply(person_id: UUID, **changes: Any) -> UUID:
    wish = {"languages": ["EN-gb", "fr"], "introduction": " Hi. ", "time_zone": "Asia/Tokyo"}
    return api.apply_as_tutor(person_id=person_id, now=now(), **{**wish, **changes})


class TestApplying:
    def test_is_kept_as_the_languages_are_spelled(self) -> None:
        tutor_id = _apply(new_id())

        row = Tutor.objects.get(pk=tutor_id)
        assert (row.state, row.languages, row.introduction) == ("applied", ["en-GB", "fr"], "Hi.")
        assert set(TutorLanguage.objects.values_list("language", flat=True)) == {"en", "fr"}
        assert len(published("tutor_applied")) == 1

    def test_twice_is_refused(self) -> None:
        tutor_id = _apply(new_id())

        with pytest.raises(api.AlreadyATutor):
            _apply(tutor_id, introduction="Again.")

        assert Tutor.objects.get().introduction == "Hi."

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"languages": []}, api.LanguagesMissing),
            ({"languages": ["en", "EN"]}, api.LanguagesMissing),
            ({"languages": ["nonsense"]}, UnknownLanguage),
            ({"introduction": " "}, api.IntroductionTooLong),
            ({"introduction": "x" * 2_001}, api.IntroductionTooLong),
            ({"time_zone": "Moon/Base"}, api.UnknownTimeZone),
        ],
    )
    def test_with_what_makes_no_sense_is_refused(
        self, changes: dict[str, Any], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            _apply(new_id(), **changes)

        assert not Tutor.objects.exists()

    def test_again_after_leaving_needs_a_new_approval(self) -> None:
        tutor_id = approved_tutor()
        api.leave_tutoring(tutor_id=tutor_id)

        _apply(tutor_id)

        assert Tutor.objects.get().state == "applied"


class TestDeciding:
    def test_lets_an_applicant_teach_once(self) -> None:
        tutor_id, staff_id = _apply(new_id()), new_id()

        for _ in range(2):
            api.approve_tutor(tutor_id=tutor_id, by=staff_id, now=now())

        row = Tutor.objects.get()
        assert (row.state, row.approved_by_id) == ("active", staff_id)
        assert len(published("tutor_approved")) == 1

    def test_pauses_and_resumes(self) -> None:
        tutor_id = approved_tutor()

        api.pause_tutor(tutor_id=tutor_id, now=now())
        paused = Tutor.objects.get().state
        api.resume_tutor(tutor_id=tutor_id, now=now())

        assert (paused, Tutor.objects.get().state) == ("paused", "active")

    def test_cannot_pause_who_does_not_teach(self) -> None:
        tutor_id = _apply(new_id())

        with pytest.raises(api.NotInThisState):
            api.pause_tutor(tutor_id=tutor_id, now=now())
        with pytest.raises(api.TutorNotFound):
            api.pause_tutor(tutor_id=new_id(), now=now())

        assert Tutor.objects.get().state == "applied"

    @pytest.mark.parametrize(
        ("roles", "state"),
        [(("support",), "active"), (("finance",), "applied"), (("moderator",), "applied")],
    )
    def test_in_the_admin_is_for_support(self, roles: tuple[str, ...], state: str) -> None:
        tutor_id = _apply(new_id())
        staff = UserFactory(roles=roles, is_staff=True)
        client = Client()
        client.force_login(staff)

        client.post(
            "/admin/tutoring/tutor/",
            {"action": "approve", "_selected_action": [str(tutor_id)]},
        )

        assert Tutor.objects.get().state == state

    def test_in_the_admin_says_what_cannot_be(self) -> None:
        tutor_id = _apply(new_id())
        client = Client()
        client.force_login(UserFactory(roles=("support",), is_staff=True))

        answer = client.post(
            "/admin/tutoring/tutor/",
            {"action": "pause", "_selected_action": [str(tutor_id)]},
            follow=True,
        )

        assert b"This tutor is applied." in answer.content
        assert Tutor.objects.get().state == "applied"

    @pytest.mark.parametrize("model", ["tutor", "lesson", "person", "calendarfeed", "lessoncell"])
    def test_staff_see_the_rows(self, model: str) -> None:
        booked()
        client = Client()
        client.force_login(UserFactory(roles=("support",), is_staff=True))

        assert client.get(f"/admin/tutoring/{model}/").status_code == 200

    def test_staff_see_a_lessons_history_and_terms(self) -> None:
        lesson = booked(policy="graded.v1")
        client = Client()
        client.force_login(UserFactory(roles=("support",), is_staff=True))

        page = client.get(f"/admin/tutoring/lesson/{lesson.pk}/change/").content.decode()

        assert "booked (learner)" in page
        assert "graded.v1: canceled with notice of 1440 min: 0 %, 90 min: 50 %" in page
