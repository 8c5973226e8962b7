"""Charges after a new price: crashes, declined cards, and many at once."""

from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from contexts.billing import api, queries
from contexts.billing.models import (
    Checkout,
    Invoice,
    Wallet,
)
from contexts.shared.kernel import now
from tests.factories.billing import (
    BRITISH_CARD,
    GOOD_CARD,
    UNCHARGED_CARD,
    CustomerFactory,
    bought,
    pay,
)
from tests.integration.billing import requotes
from tests.integration.billing.outcomes import (
    DAY,
    HOUR,
    balance,
    sweep,
)
from tests.integration.billing.requotes import confirm, held_by, requoted
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


class TestACrash:
    @pytest.mark.parametrize(("vendor_name", "charges"), [("Silent", 1), ("Away", 0)])
    def test_around_the_charge_is_made_good_once(
        self, customer_id: UUID, settings: Any, vendor_name: str, charges: int
    ) -> None:
        checkout, works = requoted(customer_id), settings.BILLING
        settings.BILLING = {**works, "SANDBOX": f"{requotes.__name__}.{vendor_name}"}
        between = confirm(checkout)
        before = vendor.Charge.objects.count()

        settings.BILLING = works
        sweep()
        sweep(DAY)

        checkout.refresh_from_db()
        assert (between.state, between.country, before) == ("agreed", "US", charges)
        assert checkout.state == "fulfilled"
        assert (vendor.Charge.objects.count(), Invoice.objects.count()) == (1, 1)
        assert (balance("cash"), Wallet.objects.get().available) == (7500, 500)
        assert api.check_ledger() == []


class TestADeclinedCharge:
    @pytest.mark.parametrize("product", ["lessons-5", "premium-monthly"])
    def test_is_followed_by_a_page_for_another_card(self, customer_id: UUID, product: str) -> None:
        checkout = bought(customer_id, product)
        pay(checkout, UNCHARGED_CARD)
        sweep()
        declined = queries.checkout(checkout.pk, customer_id=customer_id)
        first, checkout = checkout, Checkout.objects.get(pk=checkout.pk)

        pay(checkout, GOOD_CARD)
        sweep(HOUR)

        assert (declined.status, declined.refusal) == ("open", "card_declined")
        assert declined.url not in {"", first.url}
        assert held_by(first.provider_ref) == "expired"
        checkout.refresh_from_db()
        assert (checkout.state, checkout.refusal) == ("fulfilled", "")
        assert (vendor.Charge.objects.count(), Invoice.objects.count()) == (1, 1)
        assert api.check_ledger() == []

    def test_after_a_new_price_is_paid_by_a_card_of_the_first_country(
        self, customer_id: UUID
    ) -> None:
        checkout = bought(customer_id)
        pay(checkout, UNCHARGED_CARD)
        vendor.Session.objects.update(card_country="US")
        sweep()
        confirm(checkout)
        checkout.refresh_from_db()

        pay(checkout, BRITISH_CARD)
        sweep(HOUR)

        shown = queries.checkout(checkout.pk, customer_id=customer_id)
        assert shown.quote
        assert (shown.quote.old.country, shown.quote.new.country) == ("US", "GB")


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_confirm_a_price_once(self) -> None:
        customer: Any = CustomerFactory()
        checkout = requoted(customer.pk)

        outcomes = at_once(lambda _: confirm(checkout).state, times=8)

        assert set(outcomes) <= {"fulfilled", "agreed"}
        assert (vendor.Charge.objects.count(), Invoice.objects.count()) == (1, 1)
        assert Wallet.objects.get().available == 500
        assert api.check_ledger() == []

    def test_confirm_and_refuse_without_losing_money(self) -> None:
        customer: Any = CustomerFactory()
        checkout = requoted(customer.pk)

        def act(number: int) -> None:
            if number % 2:
                confirm(checkout)
            else:
                api.give_up_checkout(checkout_id=checkout.pk, customer_id=customer.pk, now=now())

        at_once(act, times=6)
        sweep()

        checkout.refresh_from_db()
        charged = vendor.Charge.objects.count()
        assert (checkout.state == "fulfilled", Invoice.objects.count()) == (charged == 1, charged)
        assert checkout.state in {"fulfilled", "expired"}
        assert api.check_ledger() == []
