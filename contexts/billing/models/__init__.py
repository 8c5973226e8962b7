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
from contexts.billing.models.people import Customer
from contexts.billing.models.products import Price, Product, Voucher, VoucherUse
from contexts.billing.models.revenue import UnearnedRevenue
from contexts.billing.models.wallet import CreditGrant, CreditHold, HeldPart, Wallet
