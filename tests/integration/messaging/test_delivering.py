"""An envelope's events reach their subscribers, each with one effect."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.delivering import deliver_envelope
from contexts.shared.messaging.models import Delivery, InboxEntry
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import (
    ORIGIN,
    THERE,
    Poison,
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


@pytest.mark.django_db
class TestDelivering:
    def test_closes_what_its_subscriber_has_done(self, subscribe: Subscribe) -> None:
        subscribe(note)
        event = happened()
        say(event)
        [envelope] = sealed()

        hand_over(envelope)

        assert noted() == {event.user_id}
        assert deliveries() == []
        assert inbox().get().subscriber == "community.react"

    def test_twice_has_one_effect(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened(), happened())
        [envelope] = sealed()

        hand_over(envelope)
        hand_over(envelope)

        assert len(noted()) == 2
        assert inbox().count() == 2

    def test_closes_a_delivery_whose_work_was_done_before(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened())
        [delivery] = deliveries()
        inbox().create(event_id=delivery.event_id, subscriber=delivery.subscriber, handled_at=now())

        hand_over(sealed()[0])

        assert noted() == set()
        assert deliveries() == []

    def test_costs_the_same_statements_for_one_event_and_for_a_hundred(
        self, subscribe: Subscribe
    ) -> None:
        subscribe(lambda _: None)
        say(happened())
        [one] = sealed()
        hand_over(one)
        say(*[happened() for _ in range(100)])
        [hundred] = sealed()
        with ExitStack() as watched:
            captured = [
                watched.enter_context(CaptureQueriesContext(connections[alias]))
                for alias in {ORIGIN, THERE}
            ]
            hand_over(hundred)

        asked = [query["sql"] for each in captured for query in each]
        assert sum("messaging_" in sql for sql in asked) == 3
        assert deliveries() == []


@pytest.mark.django_db(transaction=True)
class TestTwins:
    def test_of_an_envelope_in_parallel_have_one_effect(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(*[happened() for _ in range(10)])
        [envelope] = sealed()

        outcomes = at_once(lambda _: hand_over(envelope), times=5)

        assert outcomes == [None] * 5
        assert len(noted()) == 10
        assert inbox().count() == 10
        assert deliveries() == []


def _fail(_: object) -> None:
    raise Poison


@pytest.mark.django_db
class TestAnEnvelopeFromBeforeARestore:
    @pytest.mark.parametrize("react", [note, _fail])
    def test_leaves_the_delivery_alone_that_has_its_number_now(
        self, react: Callable[[Any], None], subscribe: Subscribe
    ) -> None:
        subscribe(react)
        say(happened())
        [envelope], [lost] = sealed(), deliveries()
        Delivery.objects.using(ORIGIN).all().delete()
        say(happened())
        Delivery.objects.using(ORIGIN).update(id=lost.pk)
        before = Delivery.objects.using(ORIGIN).values().get()

        hand_over(envelope)

        assert Delivery.objects.using(ORIGIN).values().get() == before

    def test_marks_no_other_delivery_as_unknown(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened())
        [envelope] = sealed()
        Delivery.objects.using(ORIGIN).update(event_id=new_id())
        envelope["deliveries"][0][1] = "community.of_another_release"

        hand_over(envelope)

        assert deliveries()[0].error == ""


@pytest.mark.django_db
class TestAnEnvelopeForAnotherContext:
    def test_writes_its_inbox_where_the_subscriber_lives(self, subscribe: Subscribe) -> None:
        subscribe(note, name="tutoring.react")
        say(happened())

        deliver_envelope(sealed()[0], context="tutoring")

        found = InboxEntry.objects.using(alias_of("tutoring"))
        assert found.get().subscriber == "tutoring.react"
