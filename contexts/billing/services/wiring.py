"""The use cases of `application/`, put together with the adapters that fulfil their ports."""

from contexts.billing.adapters.checkouts import OrmCheckouts
from contexts.billing.adapters.customers import OrmCustomers
from contexts.billing.adapters.entitlements import OrmEntitlements
from contexts.billing.adapters.invoices import OrmInvoices
from contexts.billing.adapters.ledger import OrmLedger
from contexts.billing.adapters.payees import OrmPayees
from contexts.billing.adapters.prices import OrmCatalog
from contexts.billing.adapters.quotes import OrmEvidence
from contexts.billing.adapters.refunds import OrmRefunds
from contexts.billing.adapters.revenue import OrmRevenue
from contexts.billing.adapters.subscriptions import OrmSubscriptions
from contexts.billing.adapters.terms import ShippedTerms
from contexts.billing.adapters.vouchers import OrmVouchers
from contexts.billing.adapters.wallets import OrmWallets
from contexts.billing.application.checkouts import Checkouts
from contexts.billing.application.disputes import Disputes
from contexts.billing.application.fulfillment import Fulfillment
from contexts.billing.application.payments import Payments
from contexts.billing.application.quoting import Quoting
from contexts.billing.application.refunds import Refunds
from contexts.billing.application.subscriptions import Subscriptions
from contexts.billing.application.vouchers import Vouchers
from contexts.billing.application.wallets import Wallets
from contexts.shared.database.transactions.atomic import for_context

atomic = for_context("billing")

ledger = OrmLedger()
catalog = OrmCatalog()
terms = ShippedTerms()
_revenue = OrmRevenue(ledger=ledger)

wallets = Wallets(wallets=OrmWallets(ledger=ledger), terms=terms, payees=OrmPayees())
vouchers = Vouchers(vouchers=OrmVouchers(), entitlements=OrmEntitlements())
subscriptions = Subscriptions(checkouts=OrmCheckouts(), subscriptions=OrmSubscriptions())
_invoices = OrmInvoices(catalog=catalog)
fulfillment = Fulfillment(
    customers=OrmCustomers(),
    catalog=catalog,
    checkouts=OrmCheckouts(),
    subscriptions=OrmSubscriptions(),
    entitlements=OrmEntitlements(),
    wallets=OrmWallets(ledger=ledger),
    payments=Payments(
        ledger=ledger,
        invoices=_invoices,
        revenue=_revenue,
        terms=terms,
        customers=OrmCustomers(),
        evidence=OrmEvidence(),
    ),
    refunds=Refunds(
        ledger=ledger,
        invoices=_invoices,
        revenue=_revenue,
        refunds=OrmRefunds(),
        terms=terms,
    ),
)
checkouts = Checkouts(
    customers=OrmCustomers(),
    catalog=catalog,
    vouchers=OrmVouchers(),
    checkouts=OrmCheckouts(),
    subscriptions=OrmSubscriptions(),
    fulfillment=fulfillment,
)
quoting = Quoting(
    customers=OrmCustomers(),
    catalog=catalog,
    checkouts=OrmCheckouts(),
    evidence=OrmEvidence(),
    vouchers=OrmVouchers(),
    terms=terms,
)
disputes = Disputes(
    fulfillment=fulfillment,
    checkouts=OrmCheckouts(),
    wallets=OrmWallets(ledger=ledger),
    ledger=ledger,
    revenue=_revenue,
)
