"""Deliveries for the stream are written with their event if streaming is on."""

from collections.abc import Callable

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from contexts.community.events import PointsGiven
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import now
from contexts.shared.messaging import relay
from contexts.shared.messaging.models import Delivery, StoredEvent, StreamDelivery
from contexts.shared.messaging.publishing import publish
from tests.integration.stream.happenings import ANA, ORIGIN, happened, say, waiting

pytestmark = pytest.mark.django_db

NOWHERE = "kafka://127.0.0.1:1"


class Aborted(Exception):
    pass


class TestPublishing:
    def test_writes_nothing_for_the_stream_unless_it_is_switched_on(self) -> None:
        say(happened())

        assert waiting() == []

    def test_writes_one_delivery_an_event_in_their_order(
        self, switch_on: Callable[..., None]
    ) -> None:
        switch_on(NOWHERE)

        say(happened(ANA), happened(ANA))

        events = StoredEvent.objects.using(ORIGIN).order_by("pk")
        assert [one.event_id for one in waiting()] == [event.pk for event in events]
        assert {(one.context, one.subject) for one in waiting()} == {("identity", str(ANA))}
        assert {one.state for one in waiting()} == {StreamDelivery.State.OPEN}

    def test_takes_two_statements_where_nobody_else_listens(
        self, switch_on: Callable[..., None]
    ) -> None:
        switch_on(NOWHERE)

        with CaptureQueriesContext(connections[ORIGIN]) as captured:
            say(*[happened() for _ in range(50)])

        inserts = [one["sql"].split()[0] for one in captured if "messaging_" in one["sql"]]
        assert inserts == ["INSERT", "INSERT"]

    def test_leaves_out_the_contexts_that_settings_do_not_name(
        self, switch_on: Callable[..., None]
    ) -> None:
        switch_on(NOWHERE, CONTEXTS=["community"])
        given = PointsGiven(occurred_at=now(), member_id=ANA, points=3, reason="thanked")

        say(happened())
        for_context("community")(publish)([given])

        rows = StreamDelivery.objects.using(alias_of("community"))
        assert [one.context for one in rows] == ["community"]

    @pytest.mark.django_db(transaction=True)
    def test_writes_nothing_with_work_that_is_undone(self, switch_on: Callable[..., None]) -> None:
        switch_on(NOWHERE)

        @for_context("identity")
        def work() -> None:
            publish([happened()])
            raise Aborted

        with pytest.raises(Aborted):
            work()

        assert waiting() == []


class TestCelery:
    def test_never_carries_what_is_for_the_stream(self, switch_on: Callable[..., None]) -> None:
        switch_on(NOWHERE)
        say(happened())

        assert relay.relay_all() == 0
        assert not Delivery.objects.using(ORIGIN).exists()
        assert len(waiting()) == 1
