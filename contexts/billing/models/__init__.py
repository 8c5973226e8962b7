from contexts.billing.models.checkouts import Checkout, CheckoutEvidence, Quote
from contexts.billing.models.entitlements import Entitlement, EntitlementSource
from contexts.billing.models.invoices import Invoice, InvoiceBuyer, InvoiceCounter, InvoiceEvidence
from contexts.billing.models.ledger import (
    LedgerAccount,
    LedgerEntry,
    LedgerIsFinal,
    LedgerTransaction,
)
from contexts.billing.models.payees import Payee
from contexts.billing.models.people import Customer
from contexts.billing.models.price_countries import PriceCountry
from contexts.billing.models.prices import Price, Product
from contexts.billing.models.refunds import Refund
from contexts.billing.models.revenue import UnearnedRevenue
from contexts.billing.models.subscriptions import Subscription
from contexts.billing.models.vouchers import Voucher, VoucherUse
from contexts.billing.models.wallets import CreditGrant, CreditHold, HeldPart, Wallet
from contexts.billing.models.webhooks import Webhook
