"""Reads: what a customer may see of billing."""

from contexts.billing.queries.checkouts import (
    CheckoutShown,
    InvoiceNotFound,
    InvoiceShown,
    PurchaseSeen,
    SubscriptionShown,
    checkout,
    checkout_shown,
    checkouts_of,
    invoice,
    invoice_shown,
    invoices_of,
    purchase_seen,
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
from contexts.billing.queries.wallets import (
    GrantShown,
    Movement,
    WalletShown,
    movement,
    movements_of,
    wallet,
)
