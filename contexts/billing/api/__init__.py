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
from contexts.billing.api.people import (
    PERSON_FIELDS,
    erase_person,
    export_person,
    forget_customer,
    refresh_block,
    register_people,
    remember_customer,
)
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

__all__ = [
    "PERSON_FIELDS",
    "AlreadySubscribed",
    "ChargeState",
    "CheckoutNotFound",
    "Finding",
    "HoldNotFound",
    "HoldSettled",
    "MalformedNotice",
    "NoTrial",
    "NotEnoughCredits",
    "Notice",
    "NoticeRefused",
    "Order",
    "Payment",
    "PaymentsUnavailable",
    "Seen",
    "Session",
    "SessionState",
    "Snapshot",
    "SubscriptionNotFound",
    "UnknownProduct",
    "UnknownProvider",
    "VoucherRefused",
    "act_on_webhook",
    "ask_to_cancel",
    "begin_checkout",
    "cancel_subscription",
    "check_ledger",
    "confirm_hold",
    "earn_revenue",
    "erase_person",
    "expire_credits",
    "export_person",
    "fabricate",
    "forget_customer",
    "give_credits",
    "give_days",
    "grant_credits",
    "handle_again",
    "hold_credit",
    "invoice_pdf",
    "is_held",
    "load_prices",
    "look_at_checkout",
    "look_at_subscription",
    "open_checkout",
    "prices_for",
    "purge_webhooks",
    "receive_webhook",
    "redeem_voucher",
    "refresh_block",
    "register_people",
    "remember_customer",
    "settle_hold",
    "sweep",
]
