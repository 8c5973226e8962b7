"""The door to billing: every use case, and what it may raise."""

from contexts.billing.adapters import catalog, formats
from contexts.billing.adapters.people import customers
from contexts.billing.adapters.providers import UnknownProvider
from contexts.billing.adapters.wallets import is_held
from contexts.billing.application.providers import (
    CardRefused,
    ChargeState,
    MalformedNotice,
    Notice,
    NoticeRefused,
    Order,
    Session,
    SessionState,
)
from contexts.billing.domain.catalog import CatalogBroken
from contexts.billing.domain.checkouts import (
    AlreadySubscribed,
    CheckoutNotFound,
    NoTrial,
    PaymentsUnavailable,
)
from contexts.billing.domain.evidence import Evidence, EvidenceKind
from contexts.billing.domain.prices import NotSoldThere, UnknownProduct
from contexts.billing.domain.quotes import NothingToConfirm, QuoteChanged, QuoteExpired
from contexts.billing.domain.subscriptions import (
    NotCanceled,
    NothingDue,
    Payment,
    Seen,
    Snapshot,
    SubscriptionNotFound,
)
from contexts.billing.domain.vouchers import VoucherRefused
from contexts.billing.domain.wallets import HoldNotFound, HoldSettled, NotEnoughCredits
from contexts.billing.events import PersonErased
from contexts.billing.services import (
    checkouts,
    fabrication,
    invoices,
    ledger,
    mails,
    prices,
    privacy,
    refunds,
    revenue,
    subscriptions,
    sweeping,
    vouchers,
    wallets,
    webhooks,
    wiring,
)
from contexts.billing.services.ledger import Finding
from contexts.billing.services.wiring import atomic
from contexts.shared.people.people import People

check_catalog = catalog.check
catalog_faults = catalog.faults
load_prices = atomic(prices.load)
prices_for = prices.prices_for
price_country = prices.price_country

begin_checkout = checkouts.begin
open_checkout = checkouts.open_page
refresh_checkout = checkouts.refresh
give_up_checkout = checkouts.give_up
confirm_checkout = checkouts.confirm
redeem_voucher = vouchers.redeem
give_days = atomic(wiring.vouchers.give_days)

ask_to_cancel = subscriptions.ask_to_cancel
cancel_subscription = subscriptions.cancel
resume_subscription = subscriptions.resume
due_page = subscriptions.due_page
refresh_subscription = subscriptions.refresh

grant_credits = atomic(wiring.wallets.grant)
give_credits = atomic(wiring.wallets.give)
hold_credit = atomic(wiring.wallets.hold)
confirm_hold = atomic(wiring.wallets.confirm)
settle_hold = atomic(wiring.wallets.settle)
expire_credits = wallets.expire

make_refund = refunds.make

mail_customer = atomic(mails.mail_customer)

receive_webhook = webhooks.receive
act_on_webhook = webhooks.act_on
handle_again = webhooks.handle_again
purge_webhooks = webhooks.purge
sweep = sweeping.sweep

invoice_pdf = invoices.pdf
format_amount = formats.amount
format_country = formats.country
earn_revenue = atomic(revenue.earn)
check_ledger = ledger.check_ledger
fabricate = atomic(fabrication.fabricate)

PEOPLE = People(
    directory=customers,
    noun="customer",
    columns=privacy.COLUMNS,
    export=privacy.export_person,
    erase=privacy.erase,
    erased=PersonErased,
)
