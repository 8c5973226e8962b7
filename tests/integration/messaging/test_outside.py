"""Reactions outside a transaction, such as mail."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connections

from contexts.identity import api as identity
from contexts.shared.database.placement.commands import open_commands
from contexts.shared.database.transactions.atomic import InsideATransaction, refuse_in_transaction
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import Delivery
from tests.factories.identity import TERMS
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import (
    ORIGIN,
    Poison,
    RoleChanged,
    deliveries,
    hand_over,
    happened,
    inbox,
    say,
    sealed,
)


@pytest.mark.django_db(transaction=True)
class TestOutside:
    def test_reactions_run_in_no_transaction(self, subscribe: Subscribe) -> None:
        seen: list[tuple[frozenset[str], bool]] = []

        def react(_: RoleChanged) -> None:
            refuse_in_transaction("mail")
            seen.append((open_commands(), connections[ORIGIN].in_atomic_block))

        subscribe(react, outside=True)
        say(happened())

        hand_over(sealed()[0])
        hand_over_again = deliveries()

        assert seen == [(frozenset(), False)]
        assert hand_over_again == []
        assert inbox().count() == 1

    def test_reactions_happen_again_when_they_fail(self, subscribe: Subscribe) -> None:
        tries: list[int] = []

        def react(_: RoleChanged) -> None:
            tries.append(1)
            if len(tries) == 1:
                raise Poison

        subscribe(react, outside=True)
        say(happened())
        [envelope] = sealed()

        hand_over(envelope)
        [left] = deliveries()
        hand_over(envelope)
        hand_over(envelope)

        assert left.failures == 1
        assert len(tries) == 2
        assert deliveries() == []

    def test_reactions_are_tried_for_a_day(self, subscribe: Subscribe, deliver: Any) -> None:
        tries: list[int] = []

        def react(_: RoleChanged) -> None:
            tries.append(1)
            raise Poison

        subscribe(react, outside=True)
        say(happened())
        begin = now()
        for quarter in range(23 * 4):
            with time_machine.travel(begin + timedelta(minutes=15 * quarter), tick=False):
                deliver()
        [waiting] = deliveries()

        with time_machine.travel(begin + timedelta(hours=26), tick=False):
            deliver()

        [dead] = deliveries()
        assert (waiting.state, dead.state) == (Delivery.State.OPEN, Delivery.State.DEAD)
        # Once an hour at least, and not every time: the waits grow.
        assert 23 <= waiting.failures < 23 * 4
        assert len(tries) == dead.failures

    def test_reactions_may_not_pass_for_inside_ones(self, subscribe: Subscribe) -> None:
        subscribe(lambda _: refuse_in_transaction("mail"))
        say(happened())

        hand_over(sealed()[0])

        [left] = deliveries()
        assert InsideATransaction.__name__ in left.error

    def test_mail_goes_out_after_the_registration_is_committed(self, deliver: Any) -> None:
        identity.register(
            user_id=new_id(),
            email="ana@example.org",
            password="correct horse battery",
            interface_language="en",
            agreed_terms=TERMS,
            face="rest",
            now=now(),
        )
        before = len(mail.outbox)

        deliver()

        assert before == 0
        assert [message.to for message in mail.outbox] == [["ana@example.org"]]
