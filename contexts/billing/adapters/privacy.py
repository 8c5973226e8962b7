"""What billing holds of a person, and what of it may be forgotten.

Books and invoices are kept by law; they name a person by the id alone.
"""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from contexts.billing.models import (
    Checkout,
    CreditGrant,
    CreditHold,
    Customer,
    EntitlementSource,
    Invoice,
    LedgerEntry,
    Subscription,
    VoucherUse,
)

FIELDS = {
    "Block.blocked_id",
    "Block.blocker_id",
    "Checkout.customer_id",
    "Customer.id",
    "Entitlement.customer_id",
    "Invoice.customer_id",
    "LedgerAccount.customer_id",
    "LedgerAccount.tutor_id",
    "Subscription.customer_id",
    "Subscription.trial_of",
    "VoucherUse.customer_id",
    "Wallet.customer_id",
}


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Purchases, credits, invoices and earnings; nothing of a stranger."""
    customer = Customer.objects.filter(pk=person_id)
    mine = {"customer_id": person_id}
    parts = {
        "profile": _plain(customer, "display_name", "country", "interface_language"),
        "grants": _plain(
            CreditGrant.objects.filter(wallet_id=person_id),
            *("source", "kind", "granted", "available", "spent", "expired", "granted_at"),
        ),
        "holds": _plain(CreditHold.objects.filter(wallet_id=person_id), "id", "state", "held_at"),
        "checkouts": _plain(
            Checkout.objects.filter(**mine),
            *("id", "product_id", "state", "amount_minor", "currency", "created_at"),
        ),
        "subscriptions": _plain(
            Subscription.objects.filter(**mine),
            *("id", "product_id", "state", "started_at", "period_end", "ended_at"),
        ),
        "entitlements": _plain(
            EntitlementSource.objects.filter(entitlement__customer_id=person_id),
            *("source", "kind", "starts_at", "ends_at"),
        ),
        "invoices": _plain(
            Invoice.objects.filter(**mine), "number", "issued_at", "gross_minor", "currency"
        ),
        "vouchers": _plain(VoucherUse.objects.filter(**mine), "voucher_id", "used_at"),
        "earnings": _plain(
            LedgerEntry.objects.filter(account__tutor_id=person_id),
            *("minor", "account__currency", "transaction__occurred_at"),
        ),
    }
    return {name: part for name, part in parts.items() if part}


def _plain(found: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    rows = found.order_by("pk").values(*names)
    return [{name: _value(value) for name, value in row.items()} for row in rows]


def _value(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def forget(*, person_id: UUID) -> None:
    """What no law asks for: links to payment pages; renewals end."""
    Checkout.objects.filter(customer_id=person_id).update(url="")
    ending = Subscription.objects.filter(customer_id=person_id, ended_at=None)
    ending.exclude(state="expired").update(cancel_wanted="now")
