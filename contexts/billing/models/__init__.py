from contexts.billing.models.buying import (
    Checkout,
    Entitlement,
    EntitlementSource,
    Invoice,
    InvoiceCounter,
    Subscription,
    Webhook,
)
from contexts.billing.models.ledger import (
    LedgerAccount,
    LedgerEntry,
    LedgerIsFinal,
    LedgerTransaction,
)
from contexts.billing.models.people import Block, Customer
from contexts.billing.models.products import Price, Product, Voucher, VoucherUse
from contexts.billing.models.revenue import UnearnedRevenue
from contexts.billing.models.wallet import CreditGrant, CreditHold, HeldPart, Wallet

__all__ = [
    "Block",
    "Checkout",
    "CreditGrant",
    "CreditHold",
    "Customer",
    "Entitlement",
    "EntitlementSource",
    "HeldPart",
    "Invoice",
    "InvoiceCounter",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerIsFinal",
    "LedgerTransaction",
    "Price",
    "Product",
    "Subscription",
    "UnearnedRevenue",
    "Voucher",
    "VoucherUse",
    "Wallet",
    "Webhook",
]
