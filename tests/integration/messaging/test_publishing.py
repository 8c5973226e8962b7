import random
from uuid import UUID

import orjson
import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from contexts.community.models import Member
from contexts.courses.events import ItemReviewed
from contexts.identity.events import RoleChanged
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging import codec
from contexts.shared.messaging.models import Delivery, StoredEvent
from contexts.shared.messaging.publishing import PublishedOutsideATransaction, publish
from contexts.shared.messaging.registry import all_events
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import ORIGIN, deliveries, happened, note, say

pytestmark = pytest.mark.django_db


class Aborted(Exception):
    pass


class TestPublishing:
    def test_is_refused_outside_a_use_case(self, subscribe: Subscribe) -> None:
        subscribe(note)

        with pytest.raises(PublishedOutsideATransaction, match=r"identity\.role_changed\.v1"):
            publish([happened()])

        assert StoredEvent.objects.using(ORIGIN).count() == 0

    def test_is_refused_in_a_transaction_that_no_use_case_opened(self) -> None:
        with transaction.atomic(using=ORIGIN), pytest.raises(PublishedOutsideATransaction):
            publish([happened()])

        assert StoredEvent.objects.using(ORIGIN).count() == 0

    def test_writes_one_delivery_for_each_subscriber(self, subscribe: Subscribe) -> None:
        subscribe(note, name="community.one")
        subscribe(note, name="tutoring.two")

        say(happened())

        assert [one.subscriber for one in deliveries()] == ["community.one", "tutoring.two"]
        assert {one.state for one in deliveries()} == {Delivery.State.OPEN}

    def test_of_nothing_costs_nothing(self) -> None:
        with CaptureQueriesContext(connections[ORIGIN]) as captured:
            publish([])

        assert len(captured) == 0

    @pytest.mark.parametrize("count", [1, 2, 100])
    def test_takes_two_statements_for_any_number_of_events(
        self, count: int, subscribe: Subscribe
    ) -> None:
        subscribe(note)
        events = [happened() for _ in range(count)]

        with CaptureQueriesContext(connections[ORIGIN]) as captured:
            say(*events)

        inserts = [one["sql"].split()[0] for one in captured if "messaging_" in one["sql"]]
        assert inserts == ["INSERT", "INSERT"]
        assert len(deliveries()) == count

    def test_takes_one_statement_where_nobody_listens(self) -> None:
        with CaptureQueriesContext(connections[ORIGIN]) as captured:
            say(happened())

        assert sum("messaging_" in one["sql"] for one in captured) == 1
        assert deliveries() == []


@pytest.mark.django_db(transaction=True)
class TestAbortedWork:
    def test_emits_nothing_and_committed_work_everything(self, subscribe: Subscribe) -> None:
        subscribe(note)
        chance = random.Random(4)

        @for_context("identity")
        def work(member_id: UUID) -> None:
            Member.objects.create(id=member_id)
            publish([happened(member_id)])
            if chance.random() < 0.5:
                raise Aborted

        for _ in range(200):
            try:
                work(new_id())
            except Aborted:
                continue

        members = {str(pk) for pk in Member.objects.values_list("pk", flat=True)}
        subjects = StoredEvent.objects.using(ORIGIN).values_list("subject", flat=True)
        assert 50 < len(members) < 150
        assert sorted(subjects) == sorted(members)
        assert len(deliveries()) == len(members)


class TestEncoding:
    def test_is_undone_by_decoding(self) -> None:
        event = ItemReviewed(
            occurred_at=now(),
            learner_id=new_id(),
            enrollment_id=new_id(),
            course="tiny",
            item="hello.w.hola",
            rating=3,
            due_at=now(),
        )
        carried = orjson.loads(orjson.dumps(codec.encode(event)))

        decoded = codec.decode(event.name, carried, occurred_at=event.occurred_at.isoformat())

        assert decoded == event

    def test_leaves_out_the_instant_that_the_envelope_carries(self) -> None:
        event = happened()

        assert codec.encode(event) == {
            "user_id": str(event.user_id),
            "role": "tutor",
            "granted": True,
        }

    def test_is_decoded_without_what_a_later_release_added(self) -> None:
        event = happened()
        carried = {**codec.encode(event), "because": "exam passed"}

        decoded = codec.decode(event.name, carried, occurred_at=event.occurred_at.isoformat())

        assert decoded == event

    def test_of_another_shape_is_refused(self) -> None:
        with pytest.raises(ValueError, match="user_id"):
            codec.decode(RoleChanged.name, {"role": "tutor"}, occurred_at=now().isoformat())

    def test_knows_every_event_of_the_code_and_no_other(self) -> None:
        assert all(codec.is_known(name) for name in all_events())
        assert not codec.is_known("identity.role_changed.v99")
