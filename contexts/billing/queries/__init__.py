"""The read side of billing: frozen DTOs and querysets."""

from contexts.billing.queries.checkouts import (
    Checkout,
    CheckoutFilter,
    CheckoutPage,
    Quote,
    Terms,
    checkout,
    checkout_page,
    checkouts_of,
    to_checkout,
)
from contexts.billing.queries.entitlements import (
    Entitlement,
    Entitlements,
    Source,
    entitlement,
    entitlements,
)
from contexts.billing.queries.invoices import (
    Invoice,
    InvoiceFilter,
    InvoiceNotFound,
    invoice,
    invoices_of,
    to_invoice,
)
from contexts.billing.queries.prices import (
    Price,
    PriceCountry,
    Prices,
    all_prices,
    product_name,
)
from contexts.billing.queries.subscriptions import (
    Subscription,
    SubscriptionFilter,
    subscription,
    subscriptions_of,
    to_subscription,
)
from contexts.billing.queries.wallets import (
    Grant,
    Movement,
    MovementFilter,
    Wallet,
    movements_of,
    to_movement,
    wallet,
)
