"""The door to billing: every use case, and what it may raise."""

from contexts.billing.adapters.providers import UnknownProvider
from contexts.billing.api.fabricating import fabricate
from contexts.billing.api.ledger import Finding, check_ledger
from contexts.billing.api.people import PEOPLE
from contexts.billing.api.revenue import earn_revenue
from contexts.billing.application.ports import (
    ChargeState,
    MalformedNotice,
    Notice,
    NoticeRefused,
    Order,
    Session,
    SessionState,
)
from contexts.billing.domain.checkouts import CheckoutNotFound, PaymentsUnavailable
from contexts.billing.domain.prices import (
    AlreadySubscribed,
    NoTrial,
    UnknownProduct,
    VoucherRefused,
)
from contexts.billing.domain.subscriptions import (
    Payment,
    Seen,
    Snapshot,
    SubscriptionNotFound,
)
from contexts.billing.domain.wallets import HoldNotFound, HoldSettled, NotEnoughCredits
from contexts.billing.services.checkouts import (
    ask_to_cancel,
    begin_checkout,
    cancel_subscription,
    give_days,
    load_prices,
    look_at_checkout,
    look_at_subscription,
    open_checkout,
    redeem_voucher,
)
from contexts.billing.services.invoices import invoice_pdf
from contexts.billing.services.prices import prices_for
from contexts.billing.services.purging import purge_webhooks
from contexts.billing.services.sweeping import sweep
from contexts.billing.services.wallets import (
    confirm_hold,
    expire_credits,
    give_credits,
    grant_credits,
    hold_credit,
    is_held,
    settle_hold,
)
from contexts.billing.services.webhooks import act_on_webhook, handle_again, receive_webhook
