"""Tests of contexts on two databases. test_two_databases.py runs them."""

import io

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections

from contexts.community.models import Member
from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.database.placement.aliases import alias_of, all_aliases
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import Delivery, InboxEntry, StoredEvent
from contexts.shared.messaging.relay import relay_all
from tests.factories.identity import UserFactory
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import (
    RoleChanged,
    hand_over,
    happened,
    note,
    say,
    sealed,
)

FIRST, SECOND = alias_of("identity"), alias_of("community")


class TestTheSettings:
    def test_tell_two_databases_apart(self) -> None:
        assert FIRST != SECOND
        assert set(all_aliases()) == {FIRST, SECOND}


@pytest.mark.django_db(transaction=True)
class TestMigratingAll:
    def test_gives_each_database_its_own_tables_and_both_the_pipeline(self) -> None:
        call_command("migrate_all", stdout=io.StringIO())

        first, second = (_tables(alias) for alias in (FIRST, SECOND))
        assert "identity_user" in first - second
        assert "community_member" in second - first
        pipeline = {"messaging_storedevent", "messaging_delivery", "messaging_inboxentry"}
        assert first & second >= pipeline | {"database_idempotencykey"}

    def test_puts_the_cache_where_it_is_looked_for(self) -> None:
        cache.set("a", 1)

        assert cache.get("a") == 1


def _tables(alias: str) -> set[str]:
    with connections[alias].cursor() as cursor:
        return set(connections[alias].introspection.table_names(cursor))


@pytest.mark.django_db(transaction=True)
class TestAnEventThatCrosses:
    def test_is_marked_where_the_work_is_and_closed_where_it_came_from(
        self, subscribe: Subscribe
    ) -> None:
        subscribe(note)
        event = happened()
        say(event)
        assert Delivery.objects.using(FIRST).count() == 1

        hand_over(sealed()[0])

        assert Member.objects.using(SECOND).get().pk == event.user_id
        assert InboxEntry.objects.using(SECOND).get().subscriber == "community.react"
        assert not InboxEntry.objects.using(FIRST).exists()
        assert not Delivery.objects.using(FIRST).exists()
        assert not StoredEvent.objects.using(SECOND).exists()

    def test_never_holds_transactions_on_both(self, subscribe: Subscribe) -> None:
        seen: list[tuple[bool, bool]] = []

        def react(_: RoleChanged) -> None:
            seen.append((connections[FIRST].in_atomic_block, connections[SECOND].in_atomic_block))

        subscribe(react)
        say(happened())

        hand_over(sealed()[0])

        assert seen == [(False, True)]

    def test_is_done_once_when_its_closing_was_lost(self, subscribe: Subscribe) -> None:
        subscribe(note)
        say(happened())
        [envelope] = sealed()
        hand_over(envelope)
        number, subscriber, event_id = envelope["deliveries"][0]
        Delivery.objects.using(FIRST).create(
            pk=number, event_id=event_id, subscriber=subscriber, due_at=now(), created_at=now()
        )

        hand_over(envelope)

        assert Member.objects.using(SECOND).count() == 1
        assert not Delivery.objects.using(FIRST).exists()

    def test_asks_the_other_context_through_its_door(self, deliver: object) -> None:
        user = UserFactory(display_name="Ana")
        identity.change_profile(user_id=user.pk, changes={"country": "ES"}, now=now())

        deliver()

        assert Member.objects.using(SECOND).get().display_name == "Ana"
        assert User.objects.using(FIRST).count() == 1


@pytest.mark.django_db(transaction=True)
class TestADatabaseThatIsDown:
    def test_does_not_hold_up_the_other(self, subscribe: Subscribe, deliver: object) -> None:
        subscribe(note)
        say(happened(new_id()))
        first, last = all_aliases()
        broken = first if last == FIRST else last
        table = Delivery._meta.db_table
        connections[broken].cursor().execute(f"ALTER TABLE {table} RENAME TO {table}_away")

        with pytest.raises(Exception, match=table):
            relay_all()

        connections[broken].cursor().execute(f"ALTER TABLE {table}_away RENAME TO {table}")
        assert Member.objects.using(SECOND).count() == 1
