"""Reads: what a customer may see of billing."""

from contexts.billing.queries.buying import (
    CheckoutShown,
    InvoiceNotFound,
    InvoiceShown,
    SubscriptionShown,
    checkout,
    checkout_shown,
    checkouts_of,
    invoice,
    invoice_shown,
    invoices_of,
    subscription,
    subscription_shown,
    subscriptions_of,
)
from contexts.billing.queries.entitlements import (
    EntitlementShown,
    EntitlementsShown,
    SourceShown,
    entitlement,
    entitlements,
)
from contexts.billing.queries.filters import (
    CheckoutFilter,
    InvoiceFilter,
    MovementFilter,
    SubscriptionFilter,
)
from contexts.billing.queries.prices import PriceShown, all_prices, prices
from contexts.billing.queries.wallet import (
    GrantShown,
    Movement,
    WalletShown,
    movement,
    movements_of,
    wallet,
)

__all__ = [
    "CheckoutFilter",
    "CheckoutShown",
    "EntitlementShown",
    "EntitlementsShown",
    "GrantShown",
    "InvoiceFilter",
    "InvoiceNotFound",
    "InvoiceShown",
    "Movement",
    "MovementFilter",
    "PriceShown",
    "SourceShown",
    "SubscriptionFilter",
    "SubscriptionShown",
    "WalletShown",
    "all_prices",
    "checkout",
    "checkout_shown",
    "checkouts_of",
    "entitlement",
    "entitlements",
    "invoice",
    "invoice_shown",
    "invoices_of",
    "movement",
    "movements_of",
    "prices",
    "subscription",
    "subscription_shown",
    "subscriptions_of",
    "wallet",
]
