"""A card of another country: no money before the buyer agrees to the price there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from busuu.sandbox import webhooks
from contexts.billing import api, queries
from contexts.billing.models import (
    Invoice,
    InvoiceEvidence,
    Quote,
    Subscription,
    Voucher,
    Wallet,
)
from contexts.shared.kernel import now
from tests.factories.billing import (
    AMERICAN_CARD,
    BRAZILIAN_CARD,
    SPANISH_CARD,
    VoucherFactory,
    bought,
    pay,
)
from tests.integration.billing.outcomes import (
    DAY,
    HOUR,
    assert_five_credits_once,
    sweep,
)
from tests.integration.billing.requotes import confirm, held_by, proof, requoted

pytestmark = pytest.mark.django_db


class TestACardOfTheQuotedCountry:
    def test_is_charged_and_proves_the_country_by_two_pieces(self, customer_id: UUID) -> None:
        pay(bought(customer_id), SPANISH_CARD)

        sweep()

        assert_five_credits_once(customer_id)
        assert proof() == [("billing_address", "ES"), ("card", "ES"), ("profile", "ES")]


class TestACardOfAnotherCountry:
    def test_is_not_charged(self, customer_id: UUID) -> None:
        checkout = requoted(customer_id)

        shown = queries.checkout(checkout.pk, customer_id=customer_id)

        assert shown.quote
        assert (shown.status, shown.amount, shown.currency) == ("requoted", 7000, "EUR")
        old, new = shown.quote.old, shown.quote.new
        assert (old.country, old.amount, old.tax, old.currency) == ("ES", 7000, 1215, "EUR")
        assert (new.country, new.amount, new.tax, new.currency) == ("US", 7500, 0, "USD")
        assert (shown.quote.number, shown.quote.reason) == (2, "card")
        assert held_by(checkout.provider_ref) == "authorized"
        assert not vendor.Charge.objects.exists()
        assert not Invoice.objects.exists()

    def test_is_charged_by_the_new_price_once_it_is_confirmed(self, customer_id: UUID) -> None:
        checkout = confirm(requoted(customer_id))

        invoice, charged = Invoice.objects.get(), vendor.Charge.objects.get()
        assert (checkout.state, checkout.country) == ("fulfilled", "US")
        assert (charged.minor, charged.currency) == (7500, "USD")
        assert (invoice.country, invoice.currency, invoice.gross_minor) == ("US", "USD", 7500)
        assert (invoice.tax_minor, invoice.tax_basis_points) == (0, 0)
        assert proof() == [
            ("billing_address", "ES"),
            ("card", "US"),
            ("confirmation", "US"),
            ("profile", "ES"),
        ]
        assert Wallet.objects.get(pk=customer_id).available == 500
        assert api.check_ledger() == []

    def test_renews_a_subscription_by_the_new_price(self, customer_id: UUID) -> None:
        confirm(requoted(customer_id, "premium-monthly"))

        sweep(timedelta(days=32))

        assert Subscription.objects.get().state == "active"
        paid = Invoice.objects.order_by("sequence").values_list("gross_minor", "currency")
        assert list(paid) == [(999, "USD"), (999, "USD")]
        assert InvoiceEvidence.objects.filter(country="US").count() == 4
        assert api.check_ledger() == []

    def test_begins_a_trial_at_the_new_price(self, customer_id: UUID) -> None:
        checkout = requoted(customer_id, "premium-monthly", trial=True)
        before = Subscription.objects.count()

        confirm(checkout)
        sweep(timedelta(days=8))

        assert before == 0
        assert Subscription.objects.get().state == "active"
        assert Invoice.objects.get().currency == "USD"

    def test_keeps_a_percentage_off(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(max_uses=1)

        confirm(requoted(customer_id, voucher=voucher.code))

        assert Invoice.objects.get().gross_minor == 3750
        assert Voucher.objects.get().used == 1

    def test_where_nothing_is_sold_is_released(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)
        pay(checkout, BRAZILIAN_CARD)

        sweep()

        checkout.refresh_from_db()
        assert (checkout.state, checkout.refusal) == ("expired", "not_sold_there")
        assert held_by(checkout.provider_ref) == "expired"
        assert not vendor.Charge.objects.exists()

    @pytest.mark.usefixtures("ourselves")
    def test_brings_one_new_price_for_a_webhook_that_comes_twice(
        self, customer_id: UUID, deliver: Callable[[], int]
    ) -> None:
        checkout = bought(customer_id)
        pay(checkout, AMERICAN_CARD)

        for _ in range(2):
            webhooks.send(vendor.Event.objects.get().pk, now=now())
            deliver()
        sweep()

        checkout.refresh_from_db()
        assert (checkout.state, checkout.quotes) == ("requoted", 2)


class TestANewPrice:
    def test_that_nobody_confirms_releases_the_card(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(max_uses=1)
        checkout = requoted(customer_id, voucher=voucher.code)

        sweep(DAY * 2)

        checkout.refresh_from_db()
        assert (checkout.state, checkout.quote_id) == ("expired", None)
        assert held_by(checkout.provider_ref) == "expired"
        assert Voucher.objects.get().used == 0
        with pytest.raises(api.NothingToConfirm):
            confirm(checkout)

    def test_that_is_not_wanted_releases_the_card(self, customer_id: UUID) -> None:
        checkout = requoted(customer_id)

        api.give_up_checkout(checkout_id=checkout.pk, customer_id=customer_id, now=now())

        checkout.refresh_from_db()
        assert checkout.state == "expired"
        assert held_by(checkout.provider_ref) == "expired"

    def test_is_no_longer_right_for_another_card(self, customer_id: UUID) -> None:
        checkout = requoted(customer_id)
        vendor.Session.objects.update(card_country="GB")

        checkout = confirm(checkout)

        assert (checkout.state, checkout.quotes, checkout.country) == ("requoted", 3, "US")
        assert not vendor.Charge.objects.exists()
        assert confirm(checkout, quote=3).state == "fulfilled"
        assert Invoice.objects.get().currency == "GBP"

    def test_of_nothing_releases_the_card_and_is_fulfilled_once(self, customer_id: UUID) -> None:
        checkout = requoted(customer_id, voucher=VoucherFactory().code)
        Quote.objects.update(minor=0, tax_minor=0)

        checkout = confirm(checkout)
        sweep(HOUR)

        assert (checkout.state, checkout.amount_minor) == ("fulfilled", 0)
        assert held_by(checkout.provider_ref) == "expired"
        assert Wallet.objects.get().available == 500
        assert not vendor.Charge.objects.exists()
        assert not Invoice.objects.exists()
        assert Voucher.objects.get().used == 1
        assert api.check_ledger() == []

    def test_of_nothing_yet_for_a_trial_begins_it(self, customer_id: UUID) -> None:
        checkout = confirm(requoted(customer_id, "premium-monthly", trial=True))

        assert checkout.state == "fulfilled"
        assert Subscription.objects.get().state == "trialing"

    def test_is_not_made_for_ever(self, customer_id: UUID) -> None:
        checkout = requoted(customer_id)
        for quote, country in ((2, "GB"), (3, "DE")):
            vendor.Session.objects.update(card_country=country)
            checkout = confirm(checkout, quote)

        assert (checkout.state, checkout.refusal) == ("expired", "country_unclear")
        assert held_by(checkout.provider_ref) == "expired"
        assert not vendor.Charge.objects.exists()
