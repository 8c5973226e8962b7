"""Telling everybody of a new version: once, in batches, only when staff say so."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError

from contexts.identity import api, queries
from contexts.identity.models import Announcement, User
from contexts.identity.tasks import announce
from contexts.shared.audit.models import AuditEntry
from contexts.shared.kernel import now
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.sending import send_due
from tests.factories.identity import UserFactory
from tests.integration.identity.mounting import NEXT, OLD, three_versions
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

IN_FORCE = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _mounted(settings: Any, tmp_path: Path) -> None:
    three_versions(settings, tmp_path)


def _at_a_time(settings: Any, most: int) -> None:
    settings.LEGAL = {**settings.LEGAL, "MAILS_WAITING": most}


def _mailed() -> list[Any]:
    return list(Mail.objects.order_by("person_id").values_list("person_id", flat=True))


class TestAnnouncing:
    def test_mails_nobody_before_staff_say_so(self) -> None:
        UserFactory()

        announce()

        assert _mailed() == []

    def test_mails_everybody_with_a_verified_address_once(self) -> None:
        people = UserFactory.create_batch(3)
        UserFactory(verified=False)
        UserFactory(is_active=False)
        api.announce_version(kind="terms", version=NEXT, now=now())

        for _ in range(3):
            announce()
            send_due()

        assert _mailed() == sorted(one.pk for one in people)
        assert len(mail.outbox) == 3

    def test_goes_on_where_it_was_and_holds_up_no_other_mail(self, settings: Any) -> None:
        people = UserFactory.create_batch(5)
        _at_a_time(settings, 2)
        api.announce_version(kind="terms", version=NEXT, now=now())

        counts = []
        for sends in (False, False, True, True, True):
            announce()
            counts.append(Mail.objects.filter(state="waiting").count())
            if sends:
                send_due()

        assert counts == [2, 2, 2, 2, 1]
        assert _mailed() == sorted(one.pk for one in people)

    def test_reaches_people_who_register_before_the_day(self) -> None:
        UserFactory()
        api.announce_version(kind="terms", version=NEXT, now=now())
        announce()
        late = UserFactory()

        announce()
        api.announce_batch(now=IN_FORCE)
        UserFactory()
        api.announce_batch(now=IN_FORCE)

        row = Announcement.objects.get()
        assert late.pk in _mailed()
        assert (row.mailed, row.finished_at) == (2, IN_FORCE)

    def test_twice_is_once(self) -> None:
        UserFactory()

        first = api.announce_version(kind="terms", version=NEXT, now=now())
        announce()
        second = api.announce_version(kind="terms", version=NEXT, now=now())
        announce()

        assert (first, second) == (True, False)
        assert len(_mailed()) == 1
        assert AuditEntry.objects.filter(action="legal.announced").count() == 1

    def test_of_a_file_that_is_gone_waits(self, settings: Any) -> None:
        UserFactory()
        api.announce_version(kind="terms", version=NEXT, now=now())
        settings.LEGAL = {**settings.LEGAL, "FOLDER": ""}

        announce()

        assert _mailed() == []
        assert Announcement.objects.get().finished_at is None

    def test_by_the_command(self) -> None:
        UserFactory()
        written = StringIO()

        call_command("legal", "announce", "terms", NEXT, stdout=written)
        announce()
        call_command("legal", "list", stdout=written)

        assert "mails go out in batches" in written.getvalue()
        assert f"terms {NEXT} upcoming (en, es)" in written.getvalue()
        assert f"announced: terms {NEXT}, 1 mails, under way" in written.getvalue()
        assert queries.announced()[0].mailed == 1

    @pytest.mark.parametrize(
        ("version", "reason"), [(OLD, "newer version is in force"), ("2020-01-01", "no such")]
    )
    def test_is_refused_for_other_versions(self, version: str, reason: str) -> None:
        with pytest.raises(CommandError, match=reason):
            call_command("legal", "announce", "terms", version)

        assert not Announcement.objects.exists()

    def test_costs_the_same_for_many_people(
        self, settings: Any, django_assert_num_queries: Any
    ) -> None:
        api.announce_version(kind="terms", version=NEXT, now=now())
        _at_a_time(settings, 50)
        UserFactory.create_batch(20)

        with django_assert_num_queries(8):
            announce()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_sweeps_mail_each_person_once(self, settings: Any) -> None:
        people = UserFactory.create_batch(6)
        _at_a_time(settings, 100)
        api.announce_version(kind="privacy", version="2026-11-01", now=now())

        outcomes = at_once(lambda _: api.announce_batch(now=now()), times=4)

        assert not [one for one in outcomes if isinstance(one, Exception)]
        assert _mailed() == sorted(one.pk for one in people)


class TestTheMail:
    def _sent(self, user: User, kind: str, version: str) -> Any:
        del user
        api.announce_version(kind=kind, version=version, now=now())
        announce()
        send_due()
        return mail.outbox[-1]

    def test_says_when_and_where(self) -> None:
        sent = self._sent(UserFactory(time_zone="America/Bogota"), "terms", NEXT)

        assert sent.subject == "Our terms of use change"
        assert "From March 1, 2027 on" in sent.body
        assert f"/terms/{NEXT}" in sent.body
        assert f"/terms/{NEXT}" in sent.alternatives[0].content

    def test_speaks_spanish(self) -> None:
        sent = self._sent(UserFactory(interface_language="es"), "terms", NEXT)

        assert sent.subject == "Cambian nuestras condiciones de uso"
        assert "1 de marzo de 2027" in sent.body

    def test_about_privacy_asks_for_nothing(self) -> None:
        sent = self._sent(UserFactory(), "privacy", "2026-11-01")

        assert sent.subject == "Our privacy notice changes"
        assert "You do not have to do anything." in sent.body
