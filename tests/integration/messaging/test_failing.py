"""Deliveries that fail now: poison, unknown events, conflicts."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError

from contexts.community.models import Member
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging import upkeep
from contexts.shared.messaging.delivering import backoff
from contexts.shared.messaging.models import Delivery
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import (
    ORIGIN,
    Poison,
    RoleChanged,
    deliveries,
    hand_over,
    happened,
    inbox,
    note,
    noted,
    say,
    sealed,
)
from tests.parallel import at_once


def refuse(event: RoleChanged) -> None:
    """Do half of the work, then fail if the event is poison."""
    note(event)
    if event.role == "poison":
        raise Poison("no antidote")


@pytest.mark.django_db(transaction=True)
class TestAPoisonousEvent:
    def test_fails_alone_and_by_its_name(self, subscribe: Subscribe) -> None:
        subscribe(refuse)
        say(*[happened(role="poison" if number == 3 else "tutor") for number in range(10)])
        [envelope] = sealed()

        hand_over(envelope)

        assert Member.objects.filter(display_name="tutor").count() == 9
        assert Member.objects.filter(display_name="poison").count() == 0
        [left] = deliveries()
        assert left.failures == 1
        assert left.state == Delivery.State.OPEN
        assert "no antidote" in left.error
        assert "refuse" in left.error
        assert inbox().count() == 9

    def test_is_tried_again_later_and_later(self, subscribe: Subscribe) -> None:
        subscribe(refuse)
        say(happened(role="poison"))
        [envelope] = sealed()

        hand_over(envelope)

        [left] = deliveries()
        assert timedelta(0) < left.due_at - now() <= timedelta(seconds=2)
        assert all(backoff(8) <= timedelta(seconds=256) for _ in range(100))
        assert all(backoff(60) <= timedelta(seconds=600) for _ in range(100))

    def test_is_dead_after_the_last_attempt_and_lives_when_it_is_redriven(
        self, subscribe: Subscribe, deliver: Any
    ) -> None:
        cured: list[bool] = []

        def react(event: RoleChanged) -> None:
            if not cured:
                raise Poison
            note(event)

        subscribe(react)
        say(happened())
        for attempt in range(settings.MESSAGING_MAX_ATTEMPTS):
            with time_machine.travel(now() + timedelta(hours=attempt)):
                assert deliver() == 1
        [dead] = deliveries()
        assert (dead.state, dead.failures) == (Delivery.State.DEAD, settings.MESSAGING_MAX_ATTEMPTS)
        with time_machine.travel(now() + timedelta(days=1)):
            assert deliver() == 0

        cured.append(True)
        redriven = upkeep.redrive(using=ORIGIN)
        sent = deliver()

        assert (redriven, sent) == (1, 1)
        assert len(noted()) == 1
        assert deliveries() == []

    def test_is_dead_to_a_twin_that_comes_late(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened())
        Delivery.objects.using(ORIGIN).update(state=Delivery.State.DEAD)

        hand_over(sealed()[0])

        assert len(noted()) == 1
        assert deliveries() == []


@pytest.mark.django_db
class TestWhatThisReleaseDoesNotKnow:
    def test_stays_open_for_the_release_that_knows_the_subscriber(
        self, subscribe: Subscribe
    ) -> None:
        subscribe(note)
        say(happened())
        Delivery.objects.using(ORIGIN).update(subscriber="community.from_tomorrow")
        [envelope] = sealed()

        for _ in range(settings.MESSAGING_MAX_ATTEMPTS + 1):
            hand_over(envelope)

        [left] = deliveries()
        assert (left.state, left.failures) == (Delivery.State.OPEN, 0)
        assert "does not know" in left.error
        assert noted() == set()

    def test_is_closed_unopened_when_the_subscriber_was_retired(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened())
        Delivery.objects.using(ORIGIN).update(subscriber="courses.note_block")

        hand_over(sealed()[0])

        assert deliveries() == []
        assert noted() == set()

    def test_stays_open_for_the_release_that_knows_the_event(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened(), happened())
        [envelope] = sealed()
        envelope["events"][0]["type"] = "identity.from_tomorrow.v1"

        for _ in range(settings.MESSAGING_MAX_ATTEMPTS + 1):
            hand_over(envelope)

        [left] = deliveries()
        assert (left.state, left.failures) == (Delivery.State.OPEN, 0)
        assert len(noted()) == 1


@pytest.mark.django_db(transaction=True)
class TestAConflict:
    def test_runs_the_envelope_again(self, subscribe: Subscribe) -> None:
        tries: list[str] = []

        def react(event: RoleChanged) -> None:
            note(event)
            tries.append(event.role)
            if len(tries) < 3:
                raise OperationalError("database is locked")

        subscribe(react)
        say(happened())

        hand_over(sealed()[0])

        assert len(tries) == 3
        assert len(noted()) == 1
        assert deliveries() == []

    def test_between_two_envelopes_that_lock_each_others_rows_is_solved(
        self, subscribe: Subscribe
    ) -> None:
        members = [new_id() for _ in range(2)]
        Member.objects.bulk_create(Member(id=pk) for pk in members)

        def count(event: RoleChanged) -> None:
            member = Member.objects.select_for_update().get(pk=event.user_id)
            member.lessons_completed += 1
            member.save()

        subscribe(count)
        for order in (members, members[::-1]):
            say(*[happened(pk) for _ in range(25) for pk in order])
        forth, back = _halves(sealed()[0])

        outcomes = at_once(lambda number: hand_over((forth, back)[number]), times=2)

        assert outcomes == [None, None]
        assert deliveries() == []
        counts = Member.objects.filter(pk__in=members).values_list("lessons_completed", flat=True)
        assert list(counts) == [50, 50]


def _halves(envelope: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both halves. The second names the same members in reverse order."""
    both = envelope["deliveries"]
    return {**envelope, "deliveries": both[:50]}, {**envelope, "deliveries": both[50:]}
