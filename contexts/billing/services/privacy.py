"""Personal data in billing: its columns, its export and its erasure.

Books and invoices are kept by law, and invoices with the buyer that they name.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.billing.adapters import checkouts as checkout_rows
from contexts.billing.adapters.people import customers
from contexts.billing.domain.checkouts import CheckoutState
from contexts.billing.models import (
    Checkout,
    CheckoutEvidence,
    CreditGrant,
    CreditHold,
    Customer,
    EntitlementSource,
    Invoice,
    InvoiceEvidence,
    LedgerEntry,
    PriceCountry,
    Quote,
    Subscription,
    VoucherUse,
)
from contexts.billing.services.wiring import atomic, checkouts
from contexts.shared.privacy.exporting import exported

_SOLD = (CheckoutState.FULFILLED, CheckoutState.DISPUTED)
_drop = atomic(checkouts.drop)

COLUMNS = frozenset(
    {
        "Checkout.customer_id",
        "Customer.id",
        "Entitlement.customer_id",
        "Invoice.customer_id",
        "LedgerAccount.customer_id",
        "LedgerAccount.tutor_id",
        "Payee.tutor_id",
        "PriceCountry.customer_id",
        "Subscription.customer_id",
        "Subscription.trial_of",
        "VoucherUse.customer_id",
        "Wallet.customer_id",
    }
)


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Return a person's checkouts, credits, invoices and earnings."""
    customer = Customer.objects.filter(pk=person_id)
    mine = {"customer_id": person_id}
    parts = {
        "profile": customer.values("display_name", "country", "interface_language"),
        "grants": CreditGrant.objects.filter(wallet_id=person_id).values(
            "source", "kind", "granted", "available", "spent", "expired", "granted_at"
        ),
        "holds": CreditHold.objects.filter(wallet_id=person_id).values("id", "state", "held_at"),
        "price_country": PriceCountry.objects.filter(pk=person_id).values(
            "country", "profile", "changes", "proven", "changed_at"
        ),
        "checkouts": Checkout.objects.filter(**mine).values(
            "id",
            "product_id",
            "state",
            "amount_minor",
            "currency",
            "country",
            "bill_name",
            "bill_address",
            "created_at",
        ),
        "quotes": Quote.objects.filter(checkout__customer_id=person_id).values(
            "checkout_id", "number", "reason", "country", "minor", "currency", "made_at"
        ),
        "evidence": CheckoutEvidence.objects.filter(checkout__customer_id=person_id).values(
            "checkout_id", "kind", "country", "source", "seen_at"
        ),
        "invoice_evidence": InvoiceEvidence.objects.filter(invoice__customer_id=person_id).values(
            "invoice__number", "kind", "country", "source", "seen_at"
        ),
        "subscriptions": Subscription.objects.filter(**mine).values(
            "id", "product_id", "state", "started_at", "period_end", "ended_at"
        ),
        "entitlements": EntitlementSource.objects.filter(entitlement__customer_id=person_id).values(
            "source", "kind", "starts_at", "ends_at"
        ),
        "invoices": Invoice.objects.filter(**mine).values(
            "number",
            "issued_at",
            "gross_minor",
            "currency",
            "buyer__name",
            "buyer__address",
        ),
        "vouchers": VoucherUse.objects.filter(**mine).values("voucher_id", "used_at"),
        "earnings": LedgerEntry.objects.filter(account__tutor_id=person_id).values(
            "minor", "account__currency", "transaction__occurred_at"
        ),
    }
    return exported({name: rows.order_by("pk") for name, rows in parts.items()})


def erase(*, person_id: UUID, now: datetime) -> None:
    """Delete the customer and links to payment pages, and end all purchases and subscriptions."""
    customers.forget(person_id=person_id)
    PriceCountry.objects.filter(pk=person_id).delete()
    for checkout_id in checkout_rows.pending_of(person_id):
        _drop(checkout_id=checkout_id, now=now)
    mine = Checkout.objects.filter(customer_id=person_id)
    # The sweep releases held cards next.
    mine.update(url="", bill_name="", bill_address="", looked_at=now)
    # Invoices keep their own evidence, as the law has it. Nothing was sold by the other.
    unsold = mine.exclude(state__in=_SOLD).values("pk")
    CheckoutEvidence.objects.filter(checkout__in=unsold).delete()
    ending = Subscription.objects.filter(customer_id=person_id, ended_at=None)
    ending.exclude(state="expired").update(cancel_wanted="now")
