"""A card of another country: no money before the buyer agrees to the price there."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from busuu.sandbox import webhooks
from busuu.sandbox.provider import SandboxProvider
from contexts.billing import api, queries
from contexts.billing.models import (
    Checkout,
    CheckoutEvidence,
    Invoice,
    InvoiceEvidence,
    PriceCountry,
    Quote,
    Subscription,
    Voucher,
    Wallet,
)
from contexts.billing.services import privacy
from contexts.shared.kernel import now
from tests.factories.billing import (
    AMERICAN_CARD,
    BRAZILIAN_CARD,
    BRITISH_CARD,
    GOOD_CARD,
    SPANISH_CARD,
    UNCHARGED_CARD,
    CustomerFactory,
    VoucherFactory,
    bought,
    charge,
    pay,
)
from tests.integration.billing.outcomes import (
    DAY,
    HOUR,
    assert_five_credits_once,
    balance,
    sweep,
    sweep_at,
)
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


def requoted(customer_id: UUID, product: str = "lessons-5", **more: Any) -> Checkout:
    checkout = bought(customer_id, product, **more)
    pay(checkout, AMERICAN_CARD)
    sweep()
    return Checkout.objects.get(pk=checkout.pk)


def confirm(checkout: Checkout, quote: int = 2, *, at: datetime | None = None) -> Checkout:
    api.confirm_checkout(
        checkout_id=checkout.pk,
        customer_id=checkout.customer_id,
        quote=quote,
        now=at or now(),
    )
    with suppress(api.PaymentsUnavailable):
        api.refresh_checkout(checkout_id=checkout.pk, now=at or now())
    return Checkout.objects.get(pk=checkout.pk)


def proof() -> list[tuple[str, str]]:
    """Return the kinds and countries of the evidence of the only invoice."""
    found = InvoiceEvidence.objects.order_by("kind")
    return list(found.values_list("kind", "country"))


def held_by(page: str | None) -> str:
    return str(vendor.Session.objects.get(pk=page).status)


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


class Silent(SandboxProvider):
    """A vendor that charges, and whose answer is lost."""

    def capture(self, ref: str, order: Any, *, now: datetime) -> Any:
        super().capture(ref, order, now=now)
        raise api.PaymentsUnavailable


class Away(SandboxProvider):
    """A vendor that cannot be reached when it is to charge."""

    def capture(self, ref: str, order: Any, *, now: datetime) -> Any:
        raise api.PaymentsUnavailable


class TestACrash:
    @pytest.mark.parametrize(("vendor_name", "charges"), [("Silent", 1), ("Away", 0)])
    def test_around_the_charge_is_made_good_once(
        self, customer_id: UUID, settings: Any, vendor_name: str, charges: int
    ) -> None:
        checkout, works = requoted(customer_id), settings.BILLING
        settings.BILLING = {**works, "SANDBOX": f"{__name__}.{vendor_name}"}
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


def waiting(customer_id: UUID, settings: Any, *, product: str, state: str) -> Checkout:
    """Return a checkout that is open, requoted or agreed."""
    if state == "open":
        return bought(customer_id, product)
    checkout, works = requoted(customer_id, product), settings.BILLING
    if state == "agreed":
        settings.BILLING = {**works, "SANDBOX": f"{__name__}.Away"}
        checkout = confirm(checkout)
        settings.BILLING = works
    assert checkout.state == state
    return checkout


class TestErasure:
    def test_keeps_evidence_with_invoices_alone(self, customer_id: UUID) -> None:
        confirm(requoted(customer_id))
        unsold = bought(customer_id)
        pay(unsold, BRITISH_CARD)
        sweep()
        sweep_at(now() + DAY * 2)
        exported = privacy.export_person(person_id=customer_id)

        privacy.erase(person_id=customer_id, now=now())

        assert {one["country"] for one in exported["invoice_evidence"]} == {"ES", "US"}
        assert {one["number"] for one in exported["quotes"]} == {2}
        assert InvoiceEvidence.objects.count() == 4
        assert not CheckoutEvidence.objects.filter(checkout=unsold).exists()

    @pytest.mark.parametrize("state", ["open", "requoted", "agreed"])
    @pytest.mark.parametrize("product", ["lessons-5", "premium-monthly"])
    def test_ends_a_purchase_that_waits(
        self, customer_id: UUID, settings: Any, product: str, state: str
    ) -> None:
        checkout = waiting(customer_id, settings, product=product, state=state)

        privacy.erase(person_id=customer_id, now=now())
        checkout.refresh_from_db()
        at_once_ = (checkout.state, checkout.quote_id, checkout.refusal)
        if state == "open":
            pay(checkout)
        sweep()

        checkout.refresh_from_db()
        assert at_once_ == ("refused", None, "account_ended")
        assert checkout.state == "expired"
        assert held_by(checkout.provider_ref) == "expired"
        assert not CheckoutEvidence.objects.exists()
        assert not vendor.Charge.objects.exists()
        assert not Subscription.objects.exists()
        with pytest.raises(api.NothingToConfirm):
            confirm(checkout)

    def test_ends_a_purchase_without_a_page_and_frees_its_voucher(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory(max_uses=1)
        checkout = bought(customer_id, voucher=voucher.code)
        Checkout.objects.update(state="begun", provider_ref=None, url="")

        privacy.erase(person_id=customer_id, now=now())
        sweep()

        checkout.refresh_from_db()
        assert (checkout.state, checkout.provider_ref) == ("expired", None)
        assert Voucher.objects.get().used == 0

    def test_refuses_a_purchase_that_began_beside_it(self, customer_id: UUID) -> None:
        privacy.erase(person_id=customer_id, now=now())
        checkout = bought(customer_id)
        pay(checkout, SPANISH_CARD)

        sweep()

        checkout.refresh_from_db()
        assert (checkout.state, checkout.refusal) == ("expired", "account_ended")
        assert not CheckoutEvidence.objects.exists()
        assert not vendor.Charge.objects.exists()

    def test_cancels_a_subscription_that_was_charged_beside_it(self, customer_id: UUID) -> None:
        checkout = bought(customer_id, "premium-monthly")
        charge(checkout)

        privacy.erase(person_id=customer_id, now=now())
        sweep()
        sweep(HOUR)

        assert Subscription.objects.get().state == "expired"
        assert vendor.Subscription.objects.get().ended_at
        assert Invoice.objects.count() == 1
        assert not PriceCountry.objects.exists()
        assert api.check_ledger() == []


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
