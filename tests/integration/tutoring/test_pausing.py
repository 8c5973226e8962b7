"""Pausing, resuming and leaving: over both APIs, on the desk, by staff and by time."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connections
from django.test import Client
from rest_framework.test import APIClient

from contexts.identity import api as identity
from contexts.shared.audit.models import AuditEntry
from contexts.shared.audit.recording import record
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import new_id, now
from contexts.tutoring import api
from contexts.tutoring.models import Lesson, Tutor
from tests.factories.identity import UserFactory
from tests.factories.tutoring import approved_tutor, booked
from tests.integration.tutoring.lessons import published

pytestmark = pytest.mark.django_db

User = get_user_model()

ClientFor = Callable[[User], APIClient]
STATE = "/api/v1/tutoring/application/state"
IN_A_WEEK = (now() + timedelta(days=7)).date()
SET_STATE = """mutation { setTutorState(state: active) { state paused { by } } }"""


@pytest.fixture
def tutor() -> User:
    user: User = UserFactory()
    approved_tutor(user.pk)
    return user


def _desk(user: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def _state() -> tuple[str, str, str]:
    row = Tutor.objects.get()
    return row.state, row.paused_by, row.pause_reason


class TestOverTheApis:
    def test_a_pause_shows_who_why_and_until_when(self, tutor: User, client_for: ClientFor) -> None:
        client = client_for(tutor)
        body = {"state": "paused", "reason": "holiday", "until": IN_A_WEEK.isoformat()}

        paused = client.put(STATE, body).json()["paused"]
        resumed = client.put(STATE, {"state": "active"}).json()

        assert (paused["by"], paused["reason"]) == ("tutor", "holiday")
        assert paused["until"].startswith(IN_A_WEEK.isoformat()[:8])
        assert (resumed["state"], resumed["paused"]) == ("active", None)
        assert [event["by"] for event in published("tutor_paused")] == ["tutor"]
        assert [event["by"] for event in published("tutor_resumed")] == ["tutor"]

    def test_a_pause_of_staff_is_not_ended_by_the_tutor(
        self, tutor: User, client_for: ClientFor
    ) -> None:
        api.pause_tutor(tutor_id=tutor.pk, now=now())
        client = client_for(tutor)

        refused = client.put(STATE, {"state": "active"})
        again = client.post("/graphql", {"query": SET_STATE}).json()

        assert (refused.status_code, refused.json()["code"]) == (409, "paused_by_staff")
        assert again["errors"][0]["extensions"]["code"] == "paused_by_staff"
        assert _state() == ("paused", "staff", "")
        assert client.get("/api/v1/tutoring/application").json()["paused"]["by"] == "staff"

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            ({"state": "paused", "until": "2020-01-01"}, 422, "pause_day"),
            ({"state": "paused", "until": "9999-12-31"}, 422, "pause_day"),
            ({"state": "paused", "until": "tomorrow"}, 400, "invalid_request"),
            ({"state": "paused", "reason": "illness"}, 400, "invalid_request"),
            ({"state": "left", "reason": "busy"}, 422, "not_a_pause"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, body: Any, status: int, code: str, tutor: User, client_for: ClientFor
    ) -> None:
        refused = client_for(tutor).put(STATE, body)

        assert (refused.status_code, refused.json()["code"]) == (status, code)
        assert _state() == ("active", "", "")


class TestStaff:
    def test_pause_and_resume_in_the_admin_and_leave_a_trace(self, tutor: User) -> None:
        staff = UserFactory(roles=())
        identity.grant_role(user_id=staff.pk, role="support", now=now())
        client = _desk(User.objects.get(pk=staff.pk))
        form = {"_selected_action": str(tutor.pk), "reason": "complaints"}

        client.post("/admin/tutoring/tutor/", {**form, "action": "pause"})
        paused = _state()
        client.post("/admin/tutoring/tutor/", {**form, "action": "resume"})

        traces = AuditEntry.objects.filter(subject=f"tutoring.tutor:{tutor.pk}").order_by("at")
        assert (paused, _state()) == (("paused", "staff", ""), ("active", "", ""))
        assert [one.action.split(".")[-1] for one in traces] == ["pause", "resume"]
        assert {one.actor_id for one in traces} == {staff.pk}
        assert traces[0].after["paused_by"] == "staff"

    def test_tell_the_tutor_by_mail(self, tutor: User, deliver: Callable[[], int]) -> None:
        deliver()
        mail.outbox.clear()

        api.pause_tutor(tutor_id=tutor.pk, now=now())
        deliver()
        api.resume_tutor(tutor_id=tutor.pk, now=now())
        deliver()

        assert [one.subject for one in mail.outbox] == [
            "Your teaching is paused",
            "You take bookings again",
        ]

    def test_do_not_mail_about_the_tutors_own_pause(
        self, tutor: User, deliver: Callable[[], int]
    ) -> None:
        deliver()
        mail.outbox.clear()

        api.set_tutor_state(tutor_id=tutor.pk, state="paused", now=now())
        api.set_tutor_state(tutor_id=tutor.pk, state="active", now=now())
        deliver()

        assert mail.outbox == []


class TestTime:
    def test_ends_the_pauses_of_tutors_alone(self) -> None:
        own, staffs = approved_tutor(), approved_tutor()
        api.set_tutor_state(tutor_id=own, state="paused", until=IN_A_WEEK, now=now())
        api.pause_tutor(tutor_id=staffs, now=now())

        api.sweep(now=now() + timedelta(days=5))
        early = Tutor.objects.get(pk=own).state
        for _ in range(2):
            api.sweep(now=now() + timedelta(days=9))

        assert early == "paused"
        assert Tutor.objects.get(pk=own).state == "active"
        assert Tutor.objects.get(pk=staffs).state == "paused"
        assert [event["by"] for event in published("tutor_resumed")] == ["system"]


class TestTheDesk:
    def test_changes_the_profile(self, tutor: User) -> None:
        client = _desk(tutor)
        form = {
            "change": "profile",
            "profile-introduction": "I teach slowly.",
            "profile-languages": "en, ES;fr",
        }

        done = client.post("/tutoring/profile", form, follow=True)

        row = Tutor.objects.get()
        assert "Your profile is saved." in done.content.decode()
        assert (row.introduction, row.languages) == ("I teach slowly.", ["en", "es", "fr"])

    @pytest.mark.parametrize(
        ("introduction", "languages", "message"),
        [
            ("Write to me@example.com", "en", "cannot contain addresses"),
            ("Hi.", "nonsense", "nonsense"),
            ("Hi.", "en, en", "each once"),
            (" ", "en", "This field is required."),
        ],
    )
    def test_keeps_what_was_typed_if_it_is_refused(
        self, introduction: str, languages: str, message: str, tutor: User
    ) -> None:
        before = Tutor.objects.get().introduction
        form = {
            "change": "profile",
            "profile-introduction": introduction,
            "profile-languages": languages,
        }

        refused = _desk(tutor).post("/tutoring/profile", form)

        page = refused.content.decode()
        assert refused.status_code == 422
        assert message in page
        assert f'value="{languages}"' in page
        assert Tutor.objects.get().introduction == before

    def test_pauses_with_a_reason_and_a_day_and_resumes(self, tutor: User) -> None:
        client = _desk(tutor)
        form = {
            "change": "pause",
            "pause-reason": "holiday",
            "pause-until": IN_A_WEEK.isoformat(),
        }

        client.post("/tutoring/profile", form)
        paused, page = _state(), client.get("/tutoring/profile").content.decode()
        client.post("/tutoring/profile", {"change": "resume"})

        assert paused == ("paused", "tutor", "holiday")
        assert "Learners cannot book you until" in page
        assert "Reason: Holiday." in page
        assert _state() == ("active", "", "")

    def test_says_which_day_is_wrong(self, tutor: User) -> None:
        refused = _desk(tutor, "es").post(
            "/tutoring/profile", {"change": "pause", "pause-until": "2020-01-31"}
        )

        assert refused.status_code == 422
        assert "Indica un día futuro" in refused.content.decode()
        assert _state() == ("active", "", "")

    def test_offers_no_button_for_a_pause_of_staff(self, tutor: User) -> None:
        api.pause_tutor(tutor_id=tutor.pk, now=now())
        client = _desk(tutor)

        page = client.get("/tutoring/profile").content.decode()
        refused = client.post("/tutoring/profile", {"change": "resume"})

        assert "Our staff paused your teaching." in page
        assert 'value="resume"' not in page
        assert refused.status_code == 422
        assert _state() == ("paused", "staff", "")

    def test_asks_before_a_tutor_leaves_and_keeps_the_lessons(self, tutor: User) -> None:
        lesson = booked(tutor_id=tutor.pk)
        client = _desk(tutor)

        asked = client.get("/tutoring/leave").content.decode()
        before = _state()[0]
        left = client.post("/tutoring/leave", follow=True).content.decode()

        assert "Your booked lessons stay" in asked
        assert before == "active"
        assert _state()[0] == "left"
        assert "You have stopped teaching." in left
        assert Lesson.objects.get(pk=lesson.pk).state == "booked"
        canceled = client.post(f"/tutoring/lessons/{lesson.pk}/cancel", {"confirmed": "1"})
        assert canceled.status_code == 302
        assert Lesson.objects.get(pk=lesson.pk).state == "canceled"

    def test_says_that_there_are_no_lessons(self, tutor: User) -> None:
        assert "You have no booked lessons." in _desk(tutor).get("/tutoring/leave").content.decode()

    def test_ignores_a_change_that_it_does_not_know(self, tutor: User) -> None:
        assert _desk(tutor).post("/tutoring/profile", {"change": "x"}).status_code == 200


class TestTutorsWhoWerePausedBefore:
    def _paused(self, *acts: str) -> UUID:
        tutor_id = approved_tutor()
        Tutor.objects.filter(pk=tutor_id).update(state="paused")
        for number, act in enumerate(acts):
            record(
                f"admin.tutoring.tutor.{act}",
                source="admin",
                at=now() + timedelta(seconds=number),
                subject=f"tutoring.tutor:{tutor_id}",
                actor_id=new_id(),
            )
        return tutor_id

    def test_are_told_apart_by_the_audit_log(self) -> None:
        own, staffs = self._paused(), self._paused("resume", "pause")
        mixed, active = self._paused("pause", "resume"), approved_tutor()
        migration = import_module("contexts.tutoring.migrations.0008_who_paused")

        editor = SimpleNamespace(connection=connections[alias_of("tutoring")])
        migration.note_who_paused(apps, editor)

        found = dict(Tutor.objects.values_list("pk", "paused_by"))
        assert found == {own: "tutor", staffs: "staff", mixed: "tutor", active: ""}
