"""Mails about lessons, as their participants read them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.mail import EmailMessage

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import new_id, now
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.sending import send_due
from contexts.tutoring import api
from contexts.tutoring.models import Lesson
from tests.factories.identity import UserFactory
from tests.factories.tutoring import (
    BlockFactory,
    PersonFactory,
    approved_tutor,
    booked,
    held,
    learner_with,
)

pytestmark = pytest.mark.django_db

Deliver = Callable[[], int]
HOUR = timedelta(hours=1)
APPROVED = "You can teach now"


def _person(name: str, language: str = "en") -> UUID:
    user = UserFactory(
        display_name=name, interface_language=language, time_zone="America/Vancouver"
    )
    PersonFactory(id=user.pk, display_name=name, time_zone="America/Vancouver")
    return user.pk


def _lesson(language: str = "en") -> Lesson:
    tutor_id = approved_tutor(_person("Olga Tutor"), policy="graded.v1")
    return booked(tutor_id=tutor_id, learner_id=learner_with(1, _person("Ana Learner", language)))


@pytest.fixture
def outbox(mailoutbox: list[EmailMessage], deliver: Deliver) -> Callable[[], list[EmailMessage]]:
    """Return a function that delivers, sends, and returns the new mails about lessons."""

    def read() -> list[EmailMessage]:
        deliver()
        # Some tests act at a later time than the present one.
        Mail.objects.using(alias_of("tutoring")).update(due_at=now())
        send_due()
        mails = [mail for mail in mailoutbox if mail.subject != APPROVED]
        mailoutbox.clear()
        return mails

    return read


Outbox = Callable[[], list[EmailMessage]]


def _texts(mails: list[EmailMessage]) -> dict[str, str]:
    """Return subject and text by the reader's part, checked to be alike in HTML."""
    found: dict[str, str] = {}
    for mail in mails:
        [(html, _)] = mail.alternatives  # type: ignore[attr-defined]
        assert "{" not in mail.body + html
        names = {"Olga Tutor": "learner", "Ana Learner": "tutor"}
        [part] = [part for name, part in names.items() if name in mail.body]
        found[part] = f"{mail.subject}\n{mail.body}"
    return found


class TestABooking:
    def test_is_confirmed_to_both_in_their_own_time(self, outbox: Outbox) -> None:
        lesson = _lesson()

        texts = _texts(outbox())

        assert texts["learner"].startswith("Your lesson is booked")
        assert texts["tutor"].startswith("A learner has booked a lesson")
        for text in texts.values():
            # Vancouver is seven hours behind UTC the whole year since 2026.
            local = lesson.starts_at - 7 * HOUR
            assert f"{local.day} {local:%B %Y, %H:%M} (America/Vancouver)" in text
            assert "English (United Kingdom)" in text
            assert f"/tutoring/rooms/{lesson.pk}" in text

    def test_speaks_the_readers_language(self, outbox: Outbox) -> None:
        _lesson("es")

        text = _texts(outbox())["learner"]

        assert text.startswith("Tu clase está reservada")
        assert "inglés (Reino Unido)" in text
        assert "Your" not in text

    def test_is_not_mailed_if_it_was_canceled_before(self, outbox: Outbox) -> None:
        lesson = _lesson()
        api.cancel_lesson(lesson_id=lesson.pk, by=_id(lesson.learner_id), now=now())

        subjects = {mail.subject for mail in outbox()}

        assert subjects == {"Your lesson was canceled"}
        assert Mail.objects.using(alias_of("tutoring")).filter(state="not_needed").count() == 2

    def test_is_mailed_once_if_its_event_comes_twice(self, outbox: Outbox) -> None:
        lesson = _lesson()
        outbox()

        for _ in range(2):
            api.mail_lesson(
                "lesson_missed",
                lesson_id=lesson.pk,
                people=(_id(lesson.learner_id),),
                now=lesson.starts_at,
                absent="tutor",
                spent_percent=0,
            )

        assert (
            Mail.objects.using(alias_of("tutoring")).filter(template="lesson_missed").count() == 1
        )


class TestAMove:
    def test_names_the_new_time_only(self, outbox: Outbox, deliver: Deliver) -> None:
        lesson = _lesson()
        outbox()
        for days in (1, 2):
            api.reschedule_lesson(
                lesson_id=lesson.pk,
                by=_id(lesson.learner_id),
                starts_at=lesson.starts_at + timedelta(days=days),
                now=now() + timedelta(seconds=days),
            )
            deliver()

        mails = outbox()

        day = lesson.starts_at + timedelta(days=2) - 7 * HOUR
        assert [mail.subject for mail in mails] == ["Your lesson has a new time"] * 2
        assert all(f" {day.day} {day:%B %Y}, " in mail.body for mail in mails)


class TestACancellation:
    @pytest.mark.parametrize(
        ("notice", "learner", "tutor"),
        [
            (24, "It costs you nothing.", "You are not paid for it."),
            (2, "50 percent of its price is spent", "You are paid 50 percent of your pay"),
            (1, "its whole price is spent", "You are paid for it."),
        ],
    )
    def test_says_what_it_costs(
        self, notice: int, learner: str, tutor: str, outbox: Outbox
    ) -> None:
        lesson = _lesson()
        outbox()

        api.cancel_lesson(
            lesson_id=lesson.pk, by=_id(lesson.learner_id), now=lesson.starts_at - notice * HOUR
        )

        texts = _texts(outbox())
        assert "You canceled this lesson" in texts["learner"]
        assert learner in texts["learner"]
        assert "The learner canceled this lesson" in texts["tutor"]
        assert tutor in texts["tutor"]

    def test_does_not_name_a_person_behind_a_block(self, outbox: Outbox) -> None:
        lesson = _lesson()
        outbox()
        api.cancel_lesson(lesson_id=lesson.pk, by=_id(lesson.tutor_id), now=now())

        BlockFactory(blocker_id=lesson.tutor_id, blocked_id=lesson.learner_id)

        mails = outbox()
        assert len(mails) == 2
        assert not any("Olga" in mail.body or "Ana" in mail.body for mail in mails)


class TestAReportedAbsence:
    def _report(self) -> tuple[Lesson, Any]:
        lesson = held(_lesson(), "tutor")
        at = lesson.ends_at + HOUR
        api.report_absence(lesson_id=lesson.pk, by=_id(lesson.tutor_id), now=at)
        return lesson, at

    def test_asks_the_absent_one_only(self, outbox: Outbox) -> None:
        lesson, _ = self._report()

        mails = [mail for mail in outbox() if mail.subject == "Were you at your lesson?"]

        [text] = _texts(mails).items()
        assert text[0] == "learner"
        assert "Please answer by" in text[1]
        assert f"/tutoring/rooms/{lesson.pk}" in text[1]

    def test_tells_the_reporter_of_a_dispute(self, outbox: Outbox) -> None:
        lesson, at = self._report()
        outbox()

        api.answer_absence(lesson_id=lesson.pk, by=_id(lesson.learner_id), agree=False, now=at)

        [mail] = outbox()
        assert mail.subject == "Your report is disputed"
        assert "Your learner disputes it." in mail.body

    def test_tells_both_what_became_of_it(self, outbox: Outbox) -> None:
        lesson, at = self._report()
        outbox()

        api.answer_absence(lesson_id=lesson.pk, by=_id(lesson.learner_id), agree=True, now=at)

        texts = _texts(outbox())
        assert "You did not come to this lesson" in texts["learner"]
        assert "The learner did not come to this lesson" in texts["tutor"]
        assert "You are paid for it." in texts["tutor"]


class TestAnApplication:
    def test_is_answered_in_a_mail(self, mailoutbox: list[EmailMessage], deliver: Deliver) -> None:
        approved_tutor(_person("Olga Tutor"))
        deliver()

        [mail] = mailoutbox

        assert mail.subject == APPROVED
        assert "/tutoring/hours" in mail.body

    def test_that_is_rejected_may_be_made_again(self, outbox: Outbox) -> None:
        person_id = _person("Olga Tutor")
        api.apply_as_tutor(
            person_id=person_id,
            languages=("en-GB",),
            introduction="I teach.",
            time_zone="UTC",
            now=now(),
        )
        api.reject_tutor(tutor_id=person_id, now=now())

        [mail] = outbox()

        assert mail.subject == "Your application to teach"
        assert "apply again" in mail.body


def _id(person_id: UUID | None) -> UUID:
    return person_id or new_id()
