"""Vouchers: their reductions, their free days and their refusals."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from rest_framework.exceptions import Throttled

from busuu.sandbox import models as vendor
from busuu.sandbox.cards import CardDeclined, SessionClosed
from contexts.billing import api
from contexts.billing.domain.checkouts import PaidWrong
from contexts.billing.models import (
    Checkout,
    Entitlement,
    Invoice,
    Subscription,
    Voucher,
    Wallet,
)
from contexts.shared.http.throttling import Limit
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.billing import DECLINED_CARD, VoucherFactory, bought, charge, pay
from tests.integration.billing.outcomes import balance, sweep

pytestmark = pytest.mark.django_db


class TestAVoucher:
    def test_reduces_the_price_by_a_share(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory()

        checkout = bought(customer_id, voucher=voucher.code)
        pay(checkout)
        sweep()

        assert checkout.amount_minor == 3500
        assert balance("cash") == 3500

    @pytest.mark.parametrize(("percent", "paid"), [(50, [500, 999]), (100, [999])])
    def test_counts_for_the_first_payment_of_a_subscription(
        self, customer_id: UUID, percent: int, paid: list[int]
    ) -> None:
        voucher: Any = VoucherFactory(percent=percent)
        pay(bought(customer_id, "premium-monthly", voucher=voucher.code))
        sweep()

        sweep(timedelta(days=32))

        found = Invoice.objects.order_by("sequence").values_list("gross_minor", flat=True)
        assert list(found) == paid
        assert balance("cash") == sum(paid)

    def test_that_the_provider_forgets_is_left_to_staff(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory()
        checkout = bought(customer_id, "premium-monthly", voucher=voucher.code)
        charge(checkout)
        vendor.Charge.objects.update(minor=999)

        with pytest.raises(PaidWrong):
            api.refresh_checkout(checkout_id=checkout.pk, now=now())

        assert not Subscription.objects.exists()
        assert balance("cash") == 0

    def test_of_the_whole_price_needs_no_payment(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(percent=100)

        checkout = bought(customer_id, voucher=voucher.code)

        assert checkout.state == "fulfilled"
        assert Wallet.objects.get().available == 500
        assert not vendor.Session.objects.exists()
        assert not Invoice.objects.exists()
        assert api.check_ledger() == []

    @pytest.mark.parametrize(
        ("voucher", "why"),
        [
            ({"valid_from": now() + timedelta(days=1)}, "not_yet"),
            ({"valid_until": now() - timedelta(hours=1)}, "over"),
            ({"max_uses": 1, "used": 1}, "used_up"),
            ({"kind": "fixed", "minor": 100, "currency": "USD"}, "other_currency"),
            ({"kind": "free_days", "days": 30}, "other_use"),
        ],
    )
    def test_that_does_not_apply_is_refused(
        self, customer_id: UUID, voucher: dict[str, Any], why: str
    ) -> None:
        made: Any = VoucherFactory(**voucher)

        with pytest.raises(api.VoucherRefused, match=why):
            bought(customer_id, voucher=made.code)

        assert not Checkout.objects.exists()
        assert Voucher.objects.get().used == made.used

    def test_of_free_days_adds_premium_after_other_days(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(kind="free_days", days=30)
        at = now()
        api.give_days(customer_id=customer_id, source="x", kind="goodwill", days=3, now=at)

        api.redeem_voucher(customer_id=customer_id, code=voucher.code, now=at)

        found = Entitlement.objects.get()
        assert found.until == at + timedelta(days=33)
        assert found.revision == StoredEvent.objects.count() == 2

    def test_applies_however_it_is_typed(self, customer_id: UUID) -> None:
        VoucherFactory(code="HALF")

        checkout = bought(customer_id, voucher=" half ")

        assert checkout.amount_minor == 3500

    def test_of_free_days_begins_when_the_time_before_them_ends(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(kind="free_days", days=30)
        pay(bought(customer_id, "premium-monthly"))
        sweep()
        api.redeem_voucher(customer_id=customer_id, code=voucher.code, now=now())

        api.cancel_subscription(
            subscription_id=Subscription.objects.get().pk,
            customer_id=customer_id,
            at_once=True,
            now=now(),
        )

        until = Entitlement.objects.get().until
        assert until
        assert timedelta(days=29, hours=23) < until - now() < timedelta(days=30, minutes=1)

    def test_is_used_once_by_a_person(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(kind="free_days", days=30)
        api.redeem_voucher(customer_id=customer_id, code=voucher.code, now=now())
        before = Entitlement.objects.get().until

        with pytest.raises(api.VoucherRefused, match="used_before"):
            api.redeem_voucher(customer_id=customer_id, code=voucher.code, now=now())

        assert Entitlement.objects.get().until == before


class TestAnUnfinishedTry:
    @pytest.mark.parametrize("product", ["lessons-1", "premium-monthly", "lessons-5"])
    def test_does_not_count_against_its_person(self, customer_id: UUID, product: str) -> None:
        voucher: Any = VoucherFactory(max_uses=1)
        first = bought(customer_id, voucher=voucher.code)
        with pytest.raises(CardDeclined):
            pay(first, DECLINED_CARD)

        second = bought(customer_id, product, voucher=voucher.code)

        assert second.amount_minor < second.price_minor
        assert Checkout.objects.get(pk=first.pk).state == "expired"
        assert Voucher.objects.get().used == 1
        with pytest.raises(SessionClosed):
            pay(first)

    def test_that_was_paid_meanwhile_counts(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(max_uses=5)
        charge(bought(customer_id, voucher=voucher.code))

        with pytest.raises(api.VoucherRefused, match="used_before"):
            bought(customer_id, "lessons-1", voucher=voucher.code)

        assert Checkout.objects.get().state == "fulfilled"
        assert Wallet.objects.get(pk=customer_id).available == 500

    def test_can_be_given_up(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(max_uses=1)
        checkout = bought(customer_id, voucher=voucher.code)

        for _ in range(2):
            api.give_up_checkout(checkout_id=checkout.pk, customer_id=customer_id, now=now())

        assert Checkout.objects.get().state == "expired"
        assert Voucher.objects.get().used == 0

    def test_of_another_person_cannot_be_given_up(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)

        with pytest.raises(api.CheckoutNotFound):
            api.give_up_checkout(checkout_id=checkout.pk, customer_id=new_id(), now=now())

        assert Checkout.objects.get().state == "open"


class TestGuesses:
    @pytest.fixture(autouse=True)
    def real_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cache.clear()
        monkeypatch.setitem(Limit.THROTTLE_RATES, "voucher_guesses", "10/hour")

    def test_are_limited(self, customer_id: UUID) -> None:
        VoucherFactory(code="RIGHT")
        for number in range(10):
            with pytest.raises(api.VoucherRefused):
                api.redeem_voucher(customer_id=customer_id, code=f"WRONG-{number}", now=now())

        with pytest.raises(Throttled):
            api.redeem_voucher(customer_id=customer_id, code="WRONG-11", now=now())
        with pytest.raises(Throttled):
            bought(customer_id, voucher="RIGHT")

        assert not Checkout.objects.exists()

    def test_that_are_right_do_not_count(self, customer_id: UUID) -> None:
        VoucherFactory(code="RIGHT", max_uses=30)

        for _ in range(12):
            bought(customer_id, voucher="RIGHT")

        assert Voucher.objects.get().used == 1
