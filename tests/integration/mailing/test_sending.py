"""Sending mail through servers that are away, refuse, and come back."""

from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.db import OperationalError

from contexts.identity.models import User
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import now
from contexts.shared.mailing import sending
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.posting import post
from contexts.shared.mailing.sending import GIVE_UP_AFTER, send_due
from tests.factories.identity import UserFactory
from tests.integration.mailing.servers import Server

pytestmark = pytest.mark.django_db

AWAY = SMTPServerDisconnected("Connection unexpectedly closed")
MAILBOX_FULL = SMTPRecipientsRefused({"a@b.example": (452, b"mailbox full")})
UNKNOWN = SMTPRecipientsRefused({"a@b.example": (550, b"no such user")})
OUR_PASSWORD = SMTPAuthenticationError(535, b"wrong password")
FAULTS = [AWAY, MAILBOX_FULL, OUR_PASSWORD, ConnectionRefusedError(111, "refused")]


def _post(person: User, template: str = "password_reset", **more: Any) -> Mail:
    post(template, context="identity", person_id=person.pk, key="1", now=now(), **more)
    return Mail.objects.using(alias_of("identity")).get(person_id=person.pk)


def _state(mail: Mail) -> str:
    mail.refresh_from_db(using=alias_of("identity"))
    return mail.state


class TestAMail:
    def test_says_that_a_machine_sent_it(self, server: Server) -> None:
        ana = UserFactory(interface_language="es")
        mail = _post(ana)

        send_due()

        [message] = server.taken
        assert message.to == [ana.email]
        assert message.subject.startswith("Elige")
        headers = message.message()
        assert headers["Auto-Submitted"] == "auto-generated"
        assert headers["Message-ID"] == f"<{mail.pk}@localhost>"
        assert [part.get_content_type() for part in message.message().walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]

    def test_is_sent_once(self, server: Server) -> None:
        mail = _post(UserFactory())

        sent = [send_due(), send_due()]

        assert sent == [1, 0]
        assert _state(mail) == "sent"
        assert len(server.taken) == 1

    def test_goes_to_the_address_that_it_names(self, server: Server) -> None:
        mail = _post(UserFactory(), address="old@example.org")

        send_due()

        assert server.taken[0].to == ["old@example.org"]
        assert (_state(mail), mail.address) == ("sent", "")

    @pytest.mark.parametrize(
        ("template", "account"),
        [("password_reset", {"is_active": False}), ("verification", {"verified_at": now()})],
    )
    def test_is_not_sent_if_nobody_needs_it(
        self, template: str, account: dict[str, Any], server: Server
    ) -> None:
        mail = _post(UserFactory(**account), template)

        send_due()

        assert (_state(mail), server.taken) == ("not_needed", [])

    def test_is_not_sent_too_late(self, server: Server) -> None:
        mail = _post(UserFactory(), until=now() - timedelta(seconds=1))

        send_due()

        assert (_state(mail), server.taken) == ("not_needed", [])


class TestAServerThatIsAway:
    @pytest.mark.parametrize("fault", FAULTS)
    def test_gets_the_mail_when_it_is_back_a_day_later(
        self, fault: Exception, server: Server
    ) -> None:
        mail = _post(UserFactory())
        server.fault = fault
        attempts = _try_for(timedelta(days=1))
        server.fault = None

        _try_for(timedelta(hours=2), since=now() + timedelta(days=1))

        assert _state(mail) == "sent"
        assert len(server.taken) == 1
        assert mail.attempts == attempts + 1
        # Often at first, then every other hour.
        assert 15 < attempts < 40

    def test_is_given_up_after_three_days_and_tried_again_by_staff(self, server: Server) -> None:
        mail = _post(UserFactory())
        server.fault = AWAY
        _try_for(GIVE_UP_AFTER + timedelta(hours=3))
        given_up, error = _state(mail), mail.error

        server.fault = None
        from contexts.shared.mailing.upkeep import send_again

        again = send_again(using=alias_of("identity"), ids=[mail.pk])
        send_due()

        assert (given_up, again, _state(mail)) == ("given_up", 1, "sent")
        assert "closed" in error

    def test_holds_up_no_other_mail(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = _post(UserFactory()), _post(UserFactory())
        attempt = sending._attempt

        def refuse_first(mail: Mail, connection: Any) -> Any:
            if mail.pk == first.pk:
                raise AWAY
            return attempt(mail, connection)

        monkeypatch.setattr(sending, "_attempt", refuse_first)
        send_due()

        assert (_state(first), _state(second)) == ("waiting", "sent")


class TestARefusal:
    def test_for_good_is_not_tried_again(self, server: Server) -> None:
        mail = _post(UserFactory())
        server.fault = UNKNOWN

        send_due()

        assert _state(mail) == "refused"
        assert "no such user" in mail.error


class TestASender:
    def test_that_was_killed_leaves_its_mail_to_the_next(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mail = _post(UserFactory())
        _killed_before_writing(monkeypatch)
        with pytest.raises(KeyboardInterrupt):
            send_due()
        monkeypatch.undo()

        at_once = send_due()
        with time_machine.travel(now() + timedelta(minutes=16)):
            later = send_due()

        assert (at_once, later, _state(mail)) == (0, 1, "sent")
        # The reader's program recognizes the second one by its id.
        ids = {message.message()["Message-ID"] for message in server.taken}
        assert (len(server.taken), len(ids)) == (2, 1)

    def test_whose_database_fails_counts_no_attempt(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mail = _post(UserFactory())

        def away(*_: Any) -> None:
            raise OperationalError(2006, "gone away")

        monkeypatch.setattr(sending, "find_recipient", away)
        with pytest.raises(OperationalError):
            send_due()

        assert (_state(mail), mail.attempts) == ("waiting", 0)


def _killed_before_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "_write", killed)


def _try_for(period: timedelta, *, since: datetime | None = None) -> int:
    """Sweep every minute of a period. Return the number of attempts."""
    before = _attempts()
    start = since or now()
    with time_machine.travel(start, tick=False) as clock:
        while now() < start + period:
            send_due()
            clock.shift(timedelta(minutes=1))
    return _attempts() - before


def _attempts() -> int:
    return sum(Mail.objects.using(alias_of("identity")).values_list("attempts", flat=True))
