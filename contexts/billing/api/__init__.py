"""The door to billing: every use case, and what it may raise."""

from contexts.billing.adapters.providers import UnknownProvider
from contexts.billing.api.checkouts import (
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
from contexts.billing.api.credits import (
    confirm_hold,
    expire_credits,
    give_credits,
    grant_credits,
    hold_credit,
    is_held,
    settle_hold,
)
from contexts.billing.api.fabricating import fabricate
from contexts.billing.api.ledger import Finding, check_ledger
from contexts.billing.api.offers import prices_for
from contexts.billing.api.papers import invoice_pdf
from contexts.billing.api.people import PEOPLE
from contexts.billing.api.revenue import earn_revenue
from contexts.billing.api.sweep import sweep
from contexts.billing.api.upkeep import purge_webhooks
from contexts.billing.api.webhooks import act_on_webhook, handle_again, receive_webhook
from contexts.billing.application.ports import (
    ChargeState,
    MalformedNotice,
    Notice,
    NoticeRefused,
    Order,
    Session,
    SessionState,
)
from contexts.billing.domain.checkout import CheckoutNotFound, PaymentsUnavailable
from contexts.billing.domain.pricing import (
    AlreadySubscribed,
    NoTrial,
    UnknownProduct,
    VoucherRefused,
)
from contexts.billing.domain.subscription import (
    Payment,
    Seen,
    Snapshot,
    SubscriptionNotFound,
)
from contexts.billing.domain.wallet import HoldNotFound, HoldSettled, NotEnoughCredits
