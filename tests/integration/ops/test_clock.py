"""The clock of development moves forward for every process; no other clock moves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from busuu.workshop import clock
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import UserFactory, access_token


@pytest.fixture(autouse=True)
def _clock_goes_right_again() -> Iterator[None]:
    yield
    clock.file().unlink(missing_ok=True)


class TestTheCommand:
    def test_moves_what_everybody_reads(self) -> None:
        before = now()

        call_command("clock", "14d", stdout=StringIO())
        call_command("clock", "90m", stdout=StringIO())

        ahead = now() - before
        assert timedelta(days=14, minutes=90) <= ahead < timedelta(days=14, minutes=91)

    @pytest.mark.parametrize("span", ["3x", "-1d", "1.5h", " ", "99999d"])
    def test_refuses_what_is_no_span_or_too_far(self, span: str) -> None:
        with pytest.raises(CommandError):
            call_command("clock", "--", span, stdout=StringIO())

        assert clock.read(clock.file()) == timedelta(0)

    def test_refuses_to_move_a_clock_that_is_not_developments(self, settings: Any) -> None:
        settings.DEVELOPMENT = False

        with pytest.raises(CommandError, match="Only the clock of a development server"):
            call_command("clock", "1d", stdout=StringIO())


@pytest.mark.django_db
class TestResetting:
    def test_sets_back_the_clock_of_an_empty_database(self) -> None:
        clock.advance(timedelta(days=19))

        call_command("clock", "reset", stdout=StringIO())

        assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)

    def test_is_refused_while_rows_are_of_a_later_day(self) -> None:
        clock.advance(timedelta(days=19))
        StoredEvent.objects.create(
            id=new_id(), name="identity.user_verified.v1", subject="x", occurred_at=now(), data={}
        )

        with pytest.raises(CommandError, match="ahead of the real time"):
            call_command("clock", "reset", stdout=StringIO())

        assert clock.read(clock.file()) == timedelta(days=19)

    def test_is_developments_alone(self, settings: Any) -> None:
        settings.DEVELOPMENT = False

        with pytest.raises(CommandError, match="Only the clock of a development server"):
            call_command("clock", "reset", stdout=StringIO())


class TestTheCheck:
    def test_refuses_to_start_production_with_a_moved_clock(self, settings: Any) -> None:
        clock.advance(timedelta(days=1))
        settings.DEVELOPMENT = False

        assert [one.id for one in clock.fixed_outside_development()] == ["busuu.E015"]

    def test_is_content_with_one_that_goes_right(self, settings: Any) -> None:
        settings.DEVELOPMENT = False

        assert clock.fixed_outside_development() == []


@pytest.mark.django_db
class TestTheEndpoint:
    def test_moves_it_for_an_admin_only(self) -> None:
        client, body = APIClient(), {"advance_seconds": 3600}
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(UserFactory())}")
        denied = client.post("/api/v1/development/clock", body)
        unmoved = clock.read(clock.file())
        admin = UserFactory(roles=("admin",))
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(admin)}")

        moved = client.post("/api/v1/development/clock", body)

        assert (denied.status_code, unmoved) == (403, timedelta(0))
        assert moved.status_code == 200
        assert clock.read(clock.file()) == timedelta(hours=1)
