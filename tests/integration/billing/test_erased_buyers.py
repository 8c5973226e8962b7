"""Purchases that wait when their buyer is erased."""

from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from contexts.billing import api
from contexts.billing.models import (
    Checkout,
    CheckoutEvidence,
    Invoice,
    InvoiceEvidence,
    PriceCountry,
    Subscription,
    Voucher,
)
from contexts.billing.services import privacy
from contexts.shared.kernel import now
from tests.factories.billing import (
    BRITISH_CARD,
    SPANISH_CARD,
    VoucherFactory,
    bought,
    charge,
    pay,
)
from tests.integration.billing import requotes
from tests.integration.billing.outcomes import (
    DAY,
    HOUR,
    sweep,
    sweep_at,
)
from tests.integration.billing.requotes import confirm, held_by, requoted

pytestmark = pytest.mark.django_db


def waiting(customer_id: UUID, settings: Any, *, product: str, state: str) -> Checkout:
    """Return a checkout that is open, requoted or agreed."""
    if state == "open":
        return bought(customer_id, product)
    checkout, works = requoted(customer_id, product), settings.BILLING
    if state == "agreed":
        settings.BILLING = {**works, "SANDBOX": f"{requotes.__name__}.Away"}
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
