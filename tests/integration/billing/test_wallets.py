"""Lesson credits on the real database."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from contexts.billing import api
from contexts.billing.models import (
    CreditHold,
    LedgerEntry,
    LedgerIsFinal,
    LedgerTransaction,
    Wallet,
)
from contexts.shared.kernel import Money, new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.integration.billing.outcomes import balance
from tests.parallel import at_once

SOON = timedelta(minutes=15)


def customer_with(count: int, *, expires_at: datetime | None = None) -> UUID:
    customer_id = new_id()
    api.grant_credits(
        customer_id=customer_id,
        source=f"test:{new_id()}",
        kind="purchased",
        credits=count,
        value=Money(count * 1000 + 1, "EUR"),
        expires_at=expires_at,
        now=now(),
    )
    return customer_id


def hold(customer_id: UUID, hold_id: UUID | None = None, *, at: datetime | None = None) -> UUID:
    at = at or now()
    return api.hold_credit(
        hold_id=hold_id or new_id(),
        customer_id=customer_id,
        tutor_id=UUID(int=7),
        expires_at=at + SOON,
        now=at,
    )


def settle(customer_id: UUID, hold_id: UUID, percent: int, *, at: datetime | None = None) -> None:
    api.settle_hold(
        hold_id=hold_id,
        customer_id=customer_id,
        tutor_id=TUTOR,
        spent_percent=percent,
        in_fault=True,
        now=at or now(),
    )


def amounts(customer_id: UUID) -> tuple[int, int]:
    wallet = Wallet.objects.get(pk=customer_id)
    return wallet.available, wallet.held


TUTOR = new_id()


@pytest.mark.django_db
class TestHolding:
    def test_reserves_one_credit(self) -> None:
        customer_id = customer_with(2)

        hold_id = hold(customer_id)

        assert api.is_held(hold_id=hold_id)
        assert amounts(customer_id) == (100, 100)
        assert api.check_ledger() == []

    def test_twice_under_one_id_holds_one(self) -> None:
        customer_id = customer_with(2)
        hold_id = hold(customer_id)

        hold(customer_id, hold_id)

        assert amounts(customer_id) == (100, 100)

    def test_without_a_credit_is_refused(self) -> None:
        customer_id = customer_with(1)
        hold(customer_id)
        before = LedgerTransaction.objects.count()

        with pytest.raises(api.NotEnoughCredits):
            hold(customer_id)
        with pytest.raises(api.NotEnoughCredits):
            hold(new_id())

        assert amounts(customer_id) == (0, 100)
        assert LedgerTransaction.objects.count() == before

    def test_by_another_person_under_the_same_id_is_not_found(self) -> None:
        owner, other = customer_with(1), customer_with(1)
        hold_id = hold(owner)

        with pytest.raises(api.HoldNotFound):
            hold(other, hold_id)

        assert amounts(other) == (100, 0)

    def test_ends_by_itself(self) -> None:
        customer_id = customer_with(1)
        hold_id = hold(customer_id)

        done = api.expire_credits(now=now() + SOON)

        assert done == 1
        assert not api.is_held(hold_id=hold_id)
        assert amounts(customer_id) == (100, 0)
        assert api.check_ledger() == []

    def test_of_expired_credits_is_refused(self) -> None:
        customer_id = customer_with(1, expires_at=now() + timedelta(days=1))

        with pytest.raises(api.NotEnoughCredits):
            hold(customer_id, at=now() + timedelta(days=1))

        assert not CreditHold.objects.exists()


@pytest.mark.django_db
class TestConfirming:
    def test_makes_a_hold_firm(self) -> None:
        customer_id = customer_with(1)
        hold_id = hold(customer_id)

        api.confirm_hold(hold_id=hold_id, customer_id=customer_id, now=now())
        api.expire_credits(now=now() + timedelta(days=365))

        assert api.is_held(hold_id=hold_id)

    def test_takes_another_credit_for_one_that_expired(self) -> None:
        customer_id = customer_with(1)
        hold_id = hold(customer_id)
        api.expire_credits(now=now() + SOON)

        api.confirm_hold(hold_id=hold_id, customer_id=customer_id, now=now() + SOON)

        assert api.is_held(hold_id=hold_id)
        assert amounts(customer_id) == (0, 100)

    def test_loses_the_hold_without_another_credit(self) -> None:
        customer_id = customer_with(1)
        hold_id = hold(customer_id)
        later = now() + SOON
        hold(customer_id, at=later)

        api.confirm_hold(hold_id=hold_id, customer_id=customer_id, now=later)

        [lost] = StoredEvent.objects.filter(name="billing.hold_lost.v1")
        assert lost.data["hold_id"] == str(hold_id)
        assert amounts(customer_id) == (0, 100)

    def test_after_the_settlement_changes_nothing(self) -> None:
        customer_id = customer_with(1)
        hold_id = hold(customer_id)
        settle(customer_id, hold_id, 0)

        api.confirm_hold(hold_id=hold_id, customer_id=customer_id, now=now())

        assert amounts(customer_id) == (100, 0)


@pytest.mark.django_db
class TestSettling:
    def test_pays_the_tutor_the_list_price_less_the_commission(self) -> None:
        customer_id = customer_with(1)
        hold_id = hold(customer_id)

        settle(customer_id, hold_id, 100)
        settle(customer_id, hold_id, 100)

        assert amounts(customer_id) == (0, 0)
        assert (balance("payable"), balance("lesson_cost")) == (-960, 960)
        assert balance("lesson_revenue") == -1001
        assert balance("credit_liability") == 1001
        assert api.check_ledger() == []

    def test_of_a_part_releases_the_rest(self) -> None:
        customer_id = customer_with(1)
        hold_id = hold(customer_id)

        settle(customer_id, hold_id, 50)

        assert amounts(customer_id) == (50, 0)
        assert balance("payable") == -480
        assert api.check_ledger() == []

    def test_of_a_hold_that_had_expired_takes_another_credit(self) -> None:
        customer_id = customer_with(1)
        hold_id = hold(customer_id)

        settle(customer_id, hold_id, 100, at=now() + timedelta(hours=1))

        assert amounts(customer_id) == (0, 0)
        assert balance("payable") == -960

    def test_of_an_unknown_hold_changes_nothing(self) -> None:
        settle(new_id(), new_id(), 100)

        assert not Wallet.objects.exists()

    def test_of_a_free_credit_is_paid_by_the_promotion(self) -> None:
        customer_id = new_id()
        api.give_credits(customer_id=customer_id, source="hello", count=1, days=30, now=now())
        hold_id = hold(customer_id)

        settle(customer_id, hold_id, 100)

        assert (balance("promotion_expense"), balance("payable")) == (960, -960)
        assert balance("credit_liability") == 0
        assert api.check_ledger() == []

    def test_renews_an_expired_credit_unless_the_learner_is_the_cause(self) -> None:
        customer_id = customer_with(1, expires_at=now() + timedelta(days=1))
        hold_id = hold(customer_id)
        api.confirm_hold(hold_id=hold_id, customer_id=customer_id, now=now())
        later = now() + timedelta(days=3)

        api.settle_hold(
            hold_id=hold_id,
            customer_id=customer_id,
            tutor_id=TUTOR,
            spent_percent=0,
            in_fault=False,
            now=later,
        )
        api.expire_credits(now=later)

        assert amounts(customer_id) == (100, 0)
        assert api.expire_credits(now=later + timedelta(days=14)) == 1
        assert amounts(customer_id) == (0, 0)


@pytest.mark.django_db
class TestTheLedger:
    def test_cannot_be_changed_by_the_models(self) -> None:
        customer_with(1)
        entry = LedgerEntry.objects.latest("id")

        for change in (
            entry.save,
            entry.delete,
            LedgerEntry.objects.all().delete,
            lambda: LedgerTransaction.objects.update(cause="x"),
        ):
            with pytest.raises(LedgerIsFinal):
                change()

    @pytest.mark.parametrize("table", ["billing_ledgerentry", "billing_ledgertransaction"])
    def test_cannot_be_changed_in_the_database(self, table: str) -> None:
        customer_with(1)
        attempts = [f"UPDATE {table} SET id = id"]
        if connection.vendor != "sqlite":
            attempts.append(f"DELETE FROM {table}")

        for statement in attempts:
            with (
                pytest.raises(DatabaseError, match="final"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)

        assert LedgerEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_spend_no_more_than_there_is(self) -> None:
        customer_id = customer_with(5)

        outcomes = at_once(lambda _: hold(customer_id), times=20)

        held = [one for one in outcomes if isinstance(one, UUID)]
        refused = [one for one in outcomes if isinstance(one, api.NotEnoughCredits)]
        assert (len(held), len(refused)) == (5, 15)
        assert amounts(customer_id) == (0, 500)
        assert api.check_ledger() == []

    def test_settle_one_lesson_once(self) -> None:
        customer_id = customer_with(2)
        hold_id = hold(customer_id)

        outcomes = at_once(lambda _: settle(customer_id, hold_id, 100), times=8)

        assert outcomes == [None] * 8
        assert amounts(customer_id) == (100, 0)
        assert balance("payable") == -960
        assert api.check_ledger() == []
