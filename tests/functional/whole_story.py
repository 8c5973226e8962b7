"""Two people learn, write, correct, pay, teach, block each other and leave."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from busuu.sandbox.outbox import outbox
from contexts.billing import api as billing
from contexts.billing.events import HoldLost, PaymentFailed
from contexts.community import api as community
from contexts.identity import api as identity
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Event, new_id, now
from contexts.shared.messaging.publishing import publish
from contexts.tutoring import api as tutoring
from contexts.tutoring import queries
from contexts.tutoring.events import LessonLapsed
from tests.factories.billing import AMERICAN_CARD, bought, credits_for, pay
from tests.factories.courses import EnrollmentFactory, published_course
from tests.factories.identity import PASSWORD, TERMS
from tests.factories.tutoring import book, on_the_hour, open_all_day
from tests.integration.courses.learners import finish
from tests.integration.identity.people import mailed_token

User = get_user_model()

ClientFor = Callable[[User], APIClient]
Deliver = Callable[[], int]


class Story:
    """Two people and a tutor, from registration to being forgotten."""

    def __init__(self, client_for: ClientFor, deliver: Deliver) -> None:
        self.hours = count()
        self.client_for, self.deliver = client_for, deliver

    def live(self) -> None:
        self.writer = self._register("ana@example.org", native="en", studied="es")
        self.native = self._register("ben@example.org", native="es", studied="en")
        self._learn()
        self._correct()
        self._pay()
        self._teach()
        self._moderate()
        self._export()
        self._part()

    def _register(self, email: str, *, native: str, studied: str) -> User:
        for _ in range(2):
            identity.register(
                user_id=new_id(),
                email=email,
                password=PASSWORD,
                interface_language="en",
                agreed_terms=TERMS,
                consents=["research_use"],
                face="rest",
                now=now(),
            )
            self.deliver()
            user = User.objects.get(email=email)
            if user.verified_at is None:
                identity.verify_address(token=mailed_token(), now=now())
                self.deliver()
        identity.request_password_reset(email=email, now=now())
        learns = [identity.Studied(language=studied, level="A2")]
        identity.set_languages(user_id=user.pk, native=[native], studied=learns, now=now())
        changes = {"display_name": f"Speaks {native}", "country": "ES"}
        identity.change_profile(user_id=user.pk, changes=changes, now=now())
        self.deliver()
        return user

    def _post(self, user: User, path: str, body: Any = None) -> Any:
        return self._send("post", user, path, body)

    def _send(self, method: str, user: User, path: str, body: Any = None) -> Any:
        ask = getattr(self.client_for(user), method)
        answer = ask(f"/api/v1/{path}", body, format="json")
        assert answer.status_code < 300, answer.content
        self.deliver()
        return answer.json() if answer.content else None

    def _learn(self) -> None:
        mine = EnrollmentFactory(course=published_course(), learner_id=self.writer.pk)
        finish(mine)
        answer = {"text": "Hola, soy una canción."}
        sent = {"attempt_id": str(new_id()), "exercise": "cafe.e.write", "answer": answer}
        self._post(self.writer, f"enrollments/{mine.pk}/answers", sent)

    def _correct(self) -> None:
        for _ in range(2):
            text = {"text": "Yo tiene un gato. Es muy grandes.", "language": "es"}
            made = self._post(self.writer, "community/submissions", text)["id"]
            path = f"community/submissions/{made}"
            again = {"text": "Yo tiene un perro. Es muy grandes."}
            self._send("patch", self.writer, path, again)
            self._post(self.native, f"{path}/lease")
            sentences = [
                {"index": 0, "corrected": "Yo tengo un perro."},
                {"index": 1, "corrected": "Es muy grande."},
            ]
            self._post(self.native, f"{path}/corrections", {"sentences": sentences})
            shown = self._send("get", self.writer, path)["corrections"][0]
            first, other = (one["edits"][0]["id"] for one in shown["sentences"])
            self._post(self.writer, f"community/edits/{first}/acceptance")
            self._post(self.writer, f"community/edits/{other}/dispute", {"reason": "Not so."})
            self._post(self.writer, f"community/edits/{other}/replies", {"text": "Why?"})
            self._post(self.writer, f"community/corrections/{shown['id']}/thanks")

    def _pay(self) -> None:
        for user in (self.writer, self.native):
            # Two open pages, both paid: the second goes back.
            pages = [bought(user.pk, f"premium-{length}") for length in ("monthly", "yearly")]
            for page in pages:
                pay(page)
                self._hear_provider(str(page.provider_ref))
            found = self._send("get", user, "billing/subscriptions?status=active")
            [subscription] = found["results"]
            self._post(user, f"billing/subscriptions/{subscription['id']}/cancellation")
            late = {"customer_id": user.pk, "subscription_id": UUID(subscription["id"])}
            self._tell("billing", PaymentFailed, **late)
            self.deliver()
            abroad = bought(user.pk, "lessons-1")
            pay(abroad, AMERICAN_CARD)
            self._hear_provider(str(abroad.provider_ref))
            self._post(user, f"billing/checkouts/{abroad.pk}/confirmation", {"quote": 2})
            self.deliver()

    def _hear_provider(self, provider_ref: str) -> None:
        for one in outbox(provider_ref, now=now()):
            headers = {one.header: one.signature}
            billing.receive_webhook(
                provider="sandbox", body=one.body.encode(), headers=headers, now=now()
            )
            self.deliver()

    def _teach(self) -> None:
        wish = {"languages": ["es"], "introduction": "I teach.", "time_zone": "UTC"}
        for _ in range(2):
            self._post(self.native, "tutoring/application", wish)
            tutoring.reject_tutor(tutor_id=self.native.pk, now=now())
        self._post(self.native, "tutoring/application", wish)
        tutoring.approve_tutor(tutor_id=self.native.pk, by=None, now=now())
        for _ in range(2):
            tutoring.pause_tutor(tutor_id=self.native.pk, now=now())
            self.deliver()
            tutoring.resume_tutor(tutor_id=self.native.pk, now=now())
            self.deliver()
        open_all_day(self.native.pk)
        self.deliver()
        credits_for(self.writer.pk, 12)
        for _ in range(2):
            canceled, completed, missed, unpaid = (self._book() for _ in range(4))
            tutoring.reschedule_lesson(
                lesson_id=canceled,
                by=self.writer.pk,
                starts_at=on_the_hour(days=4, hours=next(self.hours)),
                now=now(),
            )
            tutoring.cancel_lesson(lesson_id=canceled, by=self.writer.pk, now=now())
            for lesson, person in (
                (completed, self.writer),
                (completed, self.native),
                (missed, self.writer),
            ):
                self._enter(lesson, person.pk)
            later = now() + timedelta(days=5)
            tutoring.complete_lesson(lesson_id=completed, by=self.native.pk, now=later)
            tutoring.report_absence(lesson_id=missed, by=self.writer.pk, now=later)
            tutoring.answer_absence(lesson_id=missed, by=self.native.pk, agree=False, now=later)
            tutoring.decide_absence(lesson_id=missed, absent="tutor", now=later)
            self._tell("billing", HoldLost, hold_id=unpaid, customer_id=self.writer.pk)
            self._lapse()

    @staticmethod
    def _enter(lesson_id: UUID, person_id: UUID) -> None:
        starts_at = queries.lesson(lesson_id, seen_by=person_id).starts_at
        tutoring.enter_room(lesson_id=lesson_id, person_id=person_id, now=starts_at)

    def _book(self) -> UUID:
        hour = next(self.hours)
        lesson = book(self.writer.pk, self.native.pk, on_the_hour(hours=hour), language="es")
        self.deliver()
        return lesson

    def _lapse(self) -> None:
        """Leave a booking after its credit was held."""
        lesson = self._book()
        people = {"learner_id": self.writer.pk, "tutor_id": self.native.pk}
        self._tell("tutoring", LessonLapsed, lesson_id=lesson, **people)

    def _tell(self, context: str, kind: type[Event], **facts: Any) -> None:
        event = kind(occurred_at=now(), **facts)
        for_context(context)(lambda: publish([event]))()
        self.deliver()

    def _part(self) -> None:
        for blocker, blocked in ((self.writer, self.native), (self.native, self.writer)):
            people = {"blocker_id": blocker.pk, "blocked_id": blocked.pk}
            identity.block(**people, now=now())
            self.deliver()
            identity.unblock(**people, now=now())
            self.deliver()

    def _moderate(self) -> None:
        """A member is removed for a while."""
        community.report(
            report_id=new_id(),
            reporter_id=self.writer.pk,
            kind="member",
            subject_id=self.native.pk,
            reason="spam",
            comment="",
            now=now(),
        )
        for remove in (True, False):
            community.decide(
                case_id=apps.get_model("community.Case").objects.get(kind="member").pk,
                remove=remove,
                moderator_id=new_id(),
                now=now(),
            )
            self.deliver()

    def _export(self) -> None:
        identity.request_export(export_id=new_id(), user_id=self.writer.pk, now=now())
        self.deliver()

    def leave(self) -> None:
        """The corrector leaves first, and takes what they typed into the other's texts."""
        for user in (self.native, self.writer):
            identity.request_erasure(user_id=user.pk, now=now())
            identity.start_due_erasures(now=now() + timedelta(days=15))
            self.deliver()
