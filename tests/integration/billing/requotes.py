"""Checkouts whose card is of another country, and what became of them."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from busuu.sandbox import models as vendor
from busuu.sandbox.provider import SandboxProvider
from contexts.billing import api
from contexts.billing.models import (
    Checkout,
    InvoiceEvidence,
)
from contexts.shared.kernel import now
from tests.factories.billing import (
    AMERICAN_CARD,
    bought,
    pay,
)
from tests.integration.billing.outcomes import (
    sweep,
)


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


class Silent(SandboxProvider):
    """A vendor that charges, and whose answer is lost."""

    def capture(self, ref: str, order: Any, *, now: datetime) -> Any:
        super().capture(ref, order, now=now)
        raise api.PaymentsUnavailable


class Away(SandboxProvider):
    """A vendor that cannot be reached when it is to charge."""

    def capture(self, ref: str, order: Any, *, now: datetime) -> Any:
        raise api.PaymentsUnavailable
