from contexts.billing.models.checkouts import (
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
from contexts.billing.models.people import Customer
from contexts.billing.models.prices import Price, Product, Voucher, VoucherUse
from contexts.billing.models.revenue import UnearnedRevenue
from contexts.billing.models.wallets import CreditGrant, CreditHold, HeldPart, Wallet
