"""Reports, what they hide, and what moderators decide."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from rest_framework.test import APIClient

from contexts.community import api, queries
from contexts.community.models import Case, Correction, Report, Submission
from contexts.identity import api as identity
from contexts.shared.kernel import new_id, now
from contexts.shared.mailing.sending import send_due
from tests.factories.community import (
    MemberFactory,
    NativeFactory,
    apart,
    corrected,
    opened_text,
)
from tests.factories.identity import PASSWORD, UserFactory, access_token

User = get_user_model()

pytestmark = pytest.mark.django_db


def _report(kind: str, subject_id: UUID, reporter_id: UUID) -> UUID:
    return api.report(
        report_id=new_id(),
        reporter_id=reporter_id,
        kind=kind,
        subject_id=subject_id,
        reason="abuse",
        comment="Look at this.",
        now=now(),
    )


class TestAReport:
    def test_keeps_what_was_seen(self) -> None:
        text = opened_text(text="Something bad.")

        _report("submission", text.pk, NativeFactory().pk)

        [kept] = Report.objects.all()
        assert (kept.evidence["text"], kept.comment) == ("Something bad.", "Look at this.")
        assert Case.objects.get().about_id == text.writer_id

    def test_of_one_member_counts_once(self) -> None:
        text, native = opened_text(), NativeFactory()

        ids = {_report("submission", text.pk, native.pk) for _ in range(4)}

        assert len(ids) == 1
        assert Case.objects.get().reports_count == 1
        assert Submission.objects.get().moderation == ""

    def test_hides_with_those_of_others(self) -> None:
        text = opened_text()
        natives = [NativeFactory().pk for _ in range(3)]
        api.take(submission_id=text.pk, member_id=natives[0], now=now())

        for native in natives:
            _report("submission", text.pk, native)

        hidden = Submission.objects.get()
        assert (hidden.moderation, hidden.round, hidden.leased_until) == ("hidden", None, None)
        assert queries.text(text.pk, seen_by=text.writer_id, now=now()).summary.id == text.pk
        with pytest.raises(api.SubmissionNotFound):
            queries.text(text.pk, seen_by=natives[0], now=now())

    def test_is_about_what_one_may_see(self) -> None:
        text, enemy = opened_text(), NativeFactory()
        apart(enemy.pk, text.writer_id)

        for nobody in (enemy.pk, MemberFactory().pk):
            with pytest.raises(api.SubjectNotFound):
                _report("submission", text.pk, nobody)
        for kind in api.KINDS:
            with pytest.raises(api.SubjectNotFound):
                _report(kind, new_id(), enemy.pk)

        assert not Case.objects.exists()

    def test_is_about_others(self) -> None:
        text = opened_text()

        for kind, subject_id in (("submission", text.pk), ("member", text.writer_id)):
            with pytest.raises(api.OwnDoing):
                _report(kind, subject_id, text.writer_id)

        assert not Report.objects.exists()

    def test_is_limited_a_day(self) -> None:
        text = opened_text()

        with (
            override_settings(COMMUNITY={**settings.COMMUNITY, "REPORTS_PER_DAY": 0}),
            pytest.raises(api.DailyLimit),
        ):
            _report("submission", text.pk, NativeFactory().pk)

        assert not Case.objects.exists()


class TestADecision:
    def test_to_keep_shows_it_again_for_good(self) -> None:
        text = opened_text()
        for _ in range(3):
            _report("submission", text.pk, NativeFactory().pk)
        moderator_id = new_id()

        _decide(remove=False, moderator_id=moderator_id)
        shown = Submission.objects.get().round
        _report("submission", text.pk, NativeFactory().pk)

        case = Case.objects.get()
        assert shown == 0
        assert (case.state, case.decided_by_id) == ("open", moderator_id)
        assert Submission.objects.get().moderation == ""

    def test_to_remove_leaves_it_to_its_author(self) -> None:
        text, native = opened_text(), NativeFactory()
        correction_id = corrected(text, native.pk)
        _report("correction", correction_id, text.writer_id)

        _decide(remove=True, moderator_id=new_id())

        assert Correction.objects.get().moderation == "removed"
        assert queries.text(text.pk, seen_by=text.writer_id, now=now()).corrections == []
        with pytest.raises(api.CorrectionNotFound):
            api.thank(correction_id=correction_id, writer_id=text.writer_id, now=now())

    @pytest.mark.parametrize(("role", "decided"), [("moderator", True), ("support", False)])
    def test_is_made_in_the_admin_by_moderators(self, role: str, decided: bool) -> None:
        text = opened_text()
        _report("submission", text.pk, NativeFactory().pk)
        user = UserFactory()
        identity.grant_role(user_id=user.pk, role=role, now=now())
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        chosen = {"action": "remove", "_selected_action": [str(Case.objects.get().pk)]}

        client.post(reverse("admin:community_case_changelist"), chosen)

        case = Case.objects.get()
        assert (case.state == "removed") is decided
        assert (case.decided_by_id == user.pk) is decided
        assert (Submission.objects.get().moderation == "removed") is decided


def _decide(*, remove: bool, moderator_id: UUID) -> None:
    case_id = Case.objects.get().pk
    api.decide(case_id=case_id, remove=remove, moderator_id=moderator_id, now=now())


class TestRemovingAMember:
    def test_suspends_the_account_with_reason_and_notice(self, deliver: Callable[[], int]) -> None:
        person = UserFactory(verified=True)
        MemberFactory(id=person.pk)
        token = access_token(person)
        _report("member", person.pk, MemberFactory().pk)

        for _ in range(2):
            api.decide(case_id=Case.objects.get().pk, remove=True, moderator_id=new_id(), now=now())
        deliver()
        send_due()

        person.refresh_from_db()
        assert (person.is_active, person.suspended_because) == (False, "abuse")
        assert identity.authenticate(token) is None
        [message] = mail.outbox
        assert (message.to, message.subject) == ([person.email], "Your account is suspended")
        assert "insults or threats" in message.body
        body = {"email": person.email, "password": PASSWORD}
        refused = APIClient().post("/api/v1/auth/sign-in", body)
        assert (refused.status_code, refused.json()["code"]) == (403, "account_suspended")
        body = {"email": person.email, "password": "a guess"}
        assert APIClient().post("/api/v1/auth/sign-in", body).status_code == 401

    def test_suspends_nobody_of_the_staff(self, deliver: Callable[[], int]) -> None:
        person = UserFactory(is_staff=True)
        MemberFactory(id=person.pk)
        _report("member", person.pk, MemberFactory().pk)

        api.decide(case_id=Case.objects.get().pk, remove=True, moderator_id=new_id(), now=now())
        deliver()

        person.refresh_from_db()
        assert (person.is_active, person.suspended_because) == (True, "")

    def test_can_be_taken_back(self, deliver: Callable[[], int]) -> None:
        person = UserFactory()
        MemberFactory(id=person.pk)
        _report("member", person.pk, MemberFactory().pk)
        case_id = Case.objects.get().pk
        api.decide(case_id=case_id, remove=True, moderator_id=new_id(), now=now())
        deliver()

        api.decide(case_id=case_id, remove=False, moderator_id=new_id(), now=now())
        deliver()

        body = {"email": person.email, "password": PASSWORD}
        assert APIClient().post("/api/v1/auth/sign-in", body).status_code == 200

    def test_leaves_a_member_alone_who_was_only_kept(self, deliver: Callable[[], int]) -> None:
        person = UserFactory()
        MemberFactory(id=person.pk)
        _report("member", person.pk, MemberFactory().pk)

        api.decide(case_id=Case.objects.get().pk, remove=False, moderator_id=new_id(), now=now())
        deliver()

        person.refresh_from_db()
        assert person.is_active
