"""The use cases put together with what fulfills their ports."""

from contexts.billing.adapters.catalog import OrmCatalog
from contexts.billing.adapters.checkouts import OrmCheckouts, OrmCustomers, OrmVouchers
from contexts.billing.adapters.invoices import OrmInvoices
from contexts.billing.adapters.ledger import OrmLedger
from contexts.billing.adapters.revenue import OrmRevenue
from contexts.billing.adapters.subscriptions import OrmSubscriptions, OrmTimelines
from contexts.billing.adapters.terms import ShippedTerms
from contexts.billing.adapters.wallets import OrmWallets
from contexts.billing.application.bookings import Bookings
from contexts.billing.application.credits import Credits
from contexts.billing.application.disputes import Disputes
from contexts.billing.application.purchases import Purchases
from contexts.billing.application.vouchers import Redeeming

ledger = OrmLedger()
wallets = OrmWallets(ledger=ledger)
terms = ShippedTerms()
catalog = OrmCatalog()
checkouts = OrmCheckouts()
subscriptions = OrmSubscriptions()
timelines = OrmTimelines()
vouchers = OrmVouchers()
revenue = OrmRevenue(ledger=ledger)

lesson_credits = Credits(wallets=wallets, terms=terms)
redeeming = Redeeming(vouchers=vouchers, timelines=timelines)
bookings = Bookings(
    catalog=catalog,
    checkouts=checkouts,
    subscriptions=subscriptions,
    timelines=timelines,
    wallets=wallets,
    ledger=ledger,
    invoices=OrmInvoices(catalog=catalog),
    revenue=revenue,
    terms=terms,
)
disputes = Disputes(
    bookings=bookings, checkouts=checkouts, wallets=wallets, ledger=ledger, revenue=revenue
)
purchases = Purchases(
    customers=OrmCustomers(),
    catalog=catalog,
    vouchers=vouchers,
    checkouts=checkouts,
    subscriptions=subscriptions,
    bookings=bookings,
)
