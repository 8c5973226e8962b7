import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command

from contexts.shared.database.models import IdempotencyKey
from contexts.shared.kernel import first_id_at, now
from contexts.shared.messaging import upkeep
from contexts.shared.messaging.models import Delivery, StoredEvent
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import (
    ORIGIN,
    deliveries,
    hand_over,
    happened,
    inbox,
    note,
    noted,
    say,
    sealed,
)

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=200)


def _events(*arguments: str) -> str:
    output = io.StringIO()
    call_command("events", *arguments, stdout=output)
    return output.getvalue()


LOWEST, HIGHEST = "7000" + "8" + 15 * "0", "7fff" + "b" + 15 * "f"


def _made_at(milliseconds: int, rest: str = LOWEST) -> UUID:
    """A UUIDv7 (RFC 9562, 5.7) by hand."""
    return UUID(f"{milliseconds:012x}{rest}")


def _happened_long_ago(count: int = 1) -> None:
    say(*[happened() for _ in range(count)])
    at = int((now() - LONG_AGO).timestamp() * 1000)
    for number, stored in enumerate(StoredEvent.objects.using(ORIGIN)):
        old = _made_at(at + number)
        Delivery.objects.using(ORIGIN).filter(event=stored).update(event=old)
        StoredEvent.objects.using(ORIGIN).filter(pk=stored.pk).update(id=old)


def _handled_long_ago() -> None:
    _happened_long_ago()
    with time_machine.travel(now() - LONG_AGO):
        hand_over(sealed()[0])


def _kill(delivery: Delivery, error: str = "no antidote") -> None:
    Delivery.objects.using(ORIGIN).filter(pk=delivery.pk).update(
        state=Delivery.State.DEAD, failures=8, error=error
    )


class TestPurging:
    def test_keeps_what_is_not_delivered(self, subscribe: Subscribe) -> None:
        subscribe(note)
        _happened_long_ago(2)
        open_, dead = deliveries()
        _kill(dead)

        purged = upkeep.purge_all()

        assert purged == 0
        assert {one.pk for one in deliveries()} == {open_.pk, dead.pk}
        assert StoredEvent.objects.using(ORIGIN).count() == 2

    def test_takes_delivered_events_and_their_marks_when_they_are_old(
        self, subscribe: Subscribe
    ) -> None:
        subscribe(note)
        _handled_long_ago()
        say(happened())
        hand_over(sealed()[0])

        purged = upkeep.purge_all()

        assert purged == 2
        assert StoredEvent.objects.using(ORIGIN).count() == 1
        assert inbox().count() == 1

    def test_keeps_marks_longer_than_the_events_they_stand_for(self) -> None:
        assert settings.RETENTION["inbox"] > settings.RETENTION["events"]

    def test_takes_old_idempotency_keys_alone(self) -> None:
        for number, age in enumerate([timedelta(days=3), timedelta(hours=24)]):
            IdempotencyKey.objects.create(
                owner="me", key=str(number), fingerprint="", created_at=now() - age
            )

        purged = upkeep.purge_all()

        assert purged == 1
        assert IdempotencyKey.objects.get().key == "1"

    @pytest.mark.parametrize("year", [2026, 2030, 2100])
    def test_reads_the_age_of_an_event_from_its_id(self, year: int) -> None:
        at = datetime(year, 1, 1, tzinfo=UTC)
        milliseconds = int(at.timestamp() * 1000)

        before = _made_at(milliseconds - 1, HIGHEST)
        after = _made_at(milliseconds)

        assert before < first_id_at(at) <= after


class TestTheBacklog:
    def test_of_nothing_is_zero(self) -> None:
        behind = upkeep.backlog(using=ORIGIN, at=now())

        assert (behind.open, behind.dead, behind.lag) == (0, 0, timedelta(0))

    def test_counts_open_and_dead_and_the_oldest_open_ones_age(self, subscribe: Subscribe) -> None:
        subscribe(note)
        at = now()
        for minutes in (50, 30, 10):
            with time_machine.travel(at - timedelta(minutes=minutes), tick=False):
                say(happened())
        _kill(deliveries()[0])

        behind = upkeep.backlog(using=ORIGIN, at=at)

        assert (behind.open, behind.dead) == (2, 1)
        assert abs(behind.lag - timedelta(minutes=30)) < timedelta(seconds=1)

    def test_is_among_the_metrics(self, subscribe: Subscribe, client: Any) -> None:
        subscribe(note)
        say(happened(), happened())
        _kill(deliveries()[0])

        output = client.get("/metrics").content.decode()

        assert f'busuu_deliveries_open{{alias="{ORIGIN}"}} 1.0' in output
        assert f'busuu_deliveries_dead{{alias="{ORIGIN}"}} 1.0' in output
        assert f'busuu_deliveries_lag_seconds{{alias="{ORIGIN}"}}' in output


class TestTheCommand:
    def test_lists_what_is_open_and_dead(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened(), happened())
        open_, dead = deliveries()
        _kill(dead)

        output = [line for line in _events("list").splitlines() if line.startswith(ORIGIN)]

        assert output[0].startswith(
            f"{ORIGIN}:{open_.pk}  open  identity.role_changed.v1 -> community.react  failures=0"
        )
        assert output[1].startswith(f"{ORIGIN}:{dead.pk}  dead ")
        assert output[2].startswith(f"{ORIGIN}: 1 open, 1 dead, oldest ")

    def test_lists_the_dead_alone(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened(), happened())
        _kill(deliveries()[1])

        output = _events("list", "--dead").splitlines()

        assert [" dead " in line for line in output if " -> " in line] == [True]

    def test_shows_one_with_its_facts_and_its_error(self, subscribe: Subscribe) -> None:
        subscribe(note)
        event = happened()
        say(event)
        [delivery] = deliveries()
        _kill(delivery)

        output = _events("show", f"{ORIGIN}:{delivery.pk}")

        assert str(event.user_id) in output
        assert "no antidote" in output
        assert "community.react, dead, 8 failures" in output

    @pytest.mark.parametrize("name", ["nowhere:1", "1", f"{ORIGIN}:x", f"{ORIGIN}:999999"])
    def test_says_that_there_is_no_such_delivery(self, name: str) -> None:
        with pytest.raises(CommandError):
            _events("show", name)

    def test_sends_one_dead_delivery_again(
        self, subscribe: Subscribe, deliver: Callable[[], int]
    ) -> None:
        subscribe(note)
        chosen, other = happened(), happened()
        say(chosen, other)
        for delivery in deliveries():
            _kill(delivery)

        output = _events("redrive", f"{ORIGIN}:{deliveries()[0].pk}")
        deliver()

        assert output == "1 deliveries will be sent again\n"
        assert noted() == {chosen.user_id}
        assert [one.state for one in deliveries()] == [Delivery.State.DEAD]

    def test_sends_all_dead_deliveries_again(
        self, subscribe: Subscribe, deliver: Callable[[], int]
    ) -> None:
        subscribe(note)
        say(happened(), happened())
        for delivery in deliveries():
            _kill(delivery)

        output = _events("redrive")
        deliver()

        assert output == "2 deliveries will be sent again\n"
        assert len(noted()) == 2

    def test_purges(self, subscribe: Subscribe) -> None:
        subscribe(note)
        _handled_long_ago()

        assert _events("purge") == "2 rows purged\n"


class TestWhatIsNoArgument:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("show", "default:²"), "'default:²' is not ALIAS:NUMBER"),
            (("show", "default:" + "9" * 5_000), "is not ALIAS:NUMBER"),
            (("list", "--limit", "²"), "--limit: '²' is not a number above 0"),
            (("list", "--limit", "0"), "--limit: '0' is not a number above 0"),
            (
                ("replay", "courses", "--since", "yesterday"),
                "--since: 'yesterday' is not an instant like 2026-11-24T08:00:00Z",
            ),
            (("replay", "courses", "--since", "2026-11-24T08:00:00"), "is not an instant like"),
        ],
    )
    def test_is_refused_in_words(self, arguments: tuple[str, ...], said: str) -> None:
        with pytest.raises(CommandError) as refused:
            _events(*arguments)

        assert said in str(refused.value)


class TestAProcessThatIsGone:
    def test_leaves_claims_that_are_sent_again_at_once(
        self, subscribe: Subscribe, deliver: Callable[[], int]
    ) -> None:
        subscribe(note)
        say(happened())
        Delivery.objects.using(ORIGIN).update(due_at=now() + timedelta(seconds=50), sends=1)
        early = deliver()

        reopened = upkeep.reopen_claimed(using=ORIGIN)

        assert (early, reopened) == (0, 1)
        assert deliver() == 1
        assert len(noted()) == 1
