"""The books in the database balance after any history."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from busuu.sandbox import models as vendor
from busuu.sandbox import paying
from busuu.sandbox.provider import SandboxProvider
from contexts.billing import api
from contexts.billing.models import (
    Checkout,
    CreditGrant,
    Subscription,
)
from contexts.billing.services import checkouts, disputes, subscriptions
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import Money, new_id, now
from tests.factories.billing import (
    DISPUTED_CARD,
    FAILING_CARD,
    GOOD_CARD,
    CustomerFactory,
    VoucherFactory,
)
from tests.integration.billing.outcomes import sweep_at

# In as many parts, for as many processes as there may be.
PARTS = 4
HISTORIES = int(os.environ.get("HISTORIES", "40"))
DAY = timedelta(days=1)

_lesson = st.integers(min_value=0, max_value=3)
_products = st.sampled_from(["lessons-1", "lessons-5", "premium-monthly", "premium-monthly trial"])
_cards = st.sampled_from([GOOD_CARD, GOOD_CARD, DISPUTED_CARD, DISPUTED_CARD, FAILING_CARD])
_heard = st.sampled_from([True, True, False])
_buy = st.tuples(st.just("buy"), _products, _cards, st.booleans(), _heard)
_steps = st.one_of(
    _buy,
    st.tuples(st.just("hear"), st.integers(min_value=0, max_value=9)),
    st.tuples(st.just("give"), st.sampled_from(["gift", "promotional"])),
    st.tuples(st.just("book"), _lesson, st.booleans()),
    st.tuples(st.just("cancel"), _lesson, st.sampled_from([0, 50])),
    st.tuples(st.just("complete"), _lesson),
    st.tuples(st.just("unsubscribe"), st.booleans()),
    st.tuples(st.just("pass"), st.sampled_from([1, 2, 9, 32, 64])),
)
_histories = st.tuples(_buy, st.lists(_steps, min_size=2, max_size=6))

_HEARD = {
    "checkout": checkouts.settle,
    "subscription": subscriptions.follow,
    "charge": disputes.take_back,
}
_REFUSALS = (
    api.AlreadySubscribed,
    api.HoldSettled,
    api.NoTrial,
    api.NotEnoughCredits,
    api.VoucherRefused,
)


class History:
    """A customer, four lessons, and the provider's webhooks in any order."""

    def __init__(self) -> None:
        self.now = now()
        self.customer_id: UUID = CustomerFactory().pk
        self.voucher: str = VoucherFactory(max_uses=2).code
        self.lessons = [new_id() for _ in range(4)]

    def do(self, step: tuple[Any, ...]) -> None:
        name, *arguments = step
        with suppress(*_REFUSALS):
            getattr(self, f"_{name}")(*arguments)

    def end(self) -> None:
        """Let time pass, act on all webhooks, some twice, and settle all lessons."""
        self._pass(3)
        for number in range(vendor.Event.objects.count()):
            self._hear(number)
        for lesson in range(len(self.lessons)):
            self._cancel(lesson, 0)

    def _buy(self, product: str, card: str, cheaper: bool, heard: bool) -> None:
        code, _, trial = product.partition(" ")
        checkout_id = api.begin_checkout(
            checkout_id=new_id(),
            customer_id=self.customer_id,
            product=code,
            voucher=self.voucher if cheaper else None,
            trial=bool(trial),
            now=self.now,
        )
        ref = Checkout.objects.get(pk=checkout_id).provider_ref
        paying.pay(session_id=ref or "", number=card, by_itself=False, now=self.now)
        if heard:
            api.refresh_checkout(checkout_id=checkout_id, now=self.now)

    def _hear(self, number: int) -> None:
        events = list(vendor.Event.objects.order_by("id"))
        if events:
            one = events[number % len(events)]
            about = one.kind.partition(".")[0]
            _HEARD[about](SandboxProvider(), one.object_ref, now=self.now)

    def _give(self, kind: str) -> None:
        api.grant_credits(
            customer_id=self.customer_id,
            source=f"test:{new_id()}",
            kind=kind,
            credits=1,
            value=Money(1001, "EUR"),
            expires_at=self.now + 2 * DAY,
            now=self.now,
        )

    def _book(self, lesson: int, stands: bool) -> None:
        api.hold_credit(
            **self._about(lesson),
            tutor_id=UUID(int=7),
            amount=25 * (1 + lesson % 6),
            expires_at=self.now + timedelta(hours=1),
        )
        if stands:
            api.confirm_hold(**self._about(lesson))

    def _cancel(self, lesson: int, percent: int) -> None:
        self._settle(lesson, percent)

    def _complete(self, lesson: int) -> None:
        self._settle(lesson, 100)

    def _settle(self, lesson: int, percent: int) -> None:
        about = self._about(lesson)
        api.settle_hold(**about, tutor_id=UUID(int=7), spent_percent=percent, in_fault=percent > 0)

    def _unsubscribe(self, at_once: bool) -> None:
        for subscription_id in Subscription.objects.values_list("pk", flat=True):
            api.cancel_subscription(
                subscription_id=subscription_id,
                customer_id=self.customer_id,
                at_once=at_once,
                now=self.now,
            )

    def _pass(self, days: int) -> None:
        self.now += days * DAY
        sweep_at(self.now)
        api.earn_revenue(now=self.now)
        api.expire_credits(now=self.now)

    def _about(self, lesson: int) -> dict[str, Any]:
        return {
            "customer_id": self.customer_id,
            "hold_id": self.lessons[lesson],
            "now": self.now,
        }


@contextmanager
def _undone() -> Iterator[None]:
    """Give each history an empty database."""
    with transaction.atomic(using=alias_of("billing")):
        yield
        transaction.set_rollback(True, using=alias_of("billing"))


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_every_history_leaves_the_ledger_and_the_wallets_in_agreement(part: int) -> None:
    api.load_prices(now=now())

    @seed(part)
    @settings(
        max_examples=-(-HISTORIES // PARTS),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(_histories)
    def check(steps: tuple[tuple[Any, ...], list[tuple[Any, ...]]]) -> None:
        with _undone():
            history = History()
            for step in (steps[0], *steps[1]):
                history.do(step)
            history.end()
            assert api.check_ledger() == []
            assert _settled()

    check()


def _settled() -> bool:
    """Assert that disputed goods are gone and nobody had two trials."""
    disputed = vendor.Charge.objects.filter(status="disputed").values_list("session__reference")
    states = Checkout.objects.filter(pk__in=[UUID(ref) for (ref,) in disputed])
    left = CreditGrant.objects.exclude(revoked_at=None).filter(available__gt=0)
    return (
        set(states.values_list("state", flat=True)) <= {"disputed"}
        and not left.exists()
        and Subscription.objects.exclude(trial_of=None).count() <= 1
    )
