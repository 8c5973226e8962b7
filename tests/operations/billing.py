"""Operations on prices, checkouts, the wallet, subscriptions and invoices."""

from typing import Any

from tests.operations.ids import CHECKOUT, INVOICE, REQUOTED, SUBSCRIPTION
from tests.operations.record import Operation
from tests.operations.roles import ANONYMOUS, LEARNER, NOBODY, SIGNED_IN
from tests.operations.staging.billing import (
    cancel_subscription_of_learner,
    expire_quote,
    fail_renewal,
    make_active,
)
from tests.operations.ways import about, after, body, provider_away
from tests.operations.world import World

# The stages of both change the learner's subscription.
_SUBSCRIPTIONS = frozenset({"billing.Subscription", "sandbox.Subscription"})


def _signed_webhook(world: World, operation: Operation) -> Any:
    event = world.webhook
    headers = {event.header: event.signature}
    return world.send(operation, event.body.encode(), headers=headers)


list_prices = Operation(
    rest="GET /billing/prices",
    graphql="prices",
    allowed=SIGNED_IN,
    statements=4,
    why="The country is asked of identity, since a copy may lag behind a change, and prices may "
    "not follow it.",
)
get_price_country = Operation(
    rest="GET /billing/price-country",
    graphql="priceCountry",
    allowed=SIGNED_IN,
    statements=3,
    why="The country is asked of identity, since a copy may lag behind a change.",
)
get_wallet = Operation(
    rest="GET /billing/wallet", graphql="wallet", allowed=SIGNED_IN, statements=2
)
list_wallet_history = Operation(rest="GET /billing/wallet/history", allowed=SIGNED_IN, statements=1)
get_entitlements = Operation(
    rest="GET /billing/entitlements",
    graphql="entitlements",
    allowed=SIGNED_IN,
    statements=3,
    why="People ask rarely: the timeline, its sources, and the states of subscriptions.",
)
list_invoices = Operation(
    rest="GET /billing/invoices", graphql="invoices", allowed=SIGNED_IN, statements=1
)
get_invoice = Operation(
    rest="GET /billing/invoices/{invoice}",
    sample={"invoice": INVOICE},
    allowed=LEARNER,
    others="404 invoice_not_found",
    statements=1,
)
get_invoice_pdf = Operation(
    rest="GET /billing/invoices/{invoice}/pdf",
    sample={"invoice": INVOICE},
    allowed=LEARNER,
    others="404 invoice_not_found",
    statements=2,
)
list_checkouts = Operation(
    rest="GET /billing/checkouts", graphql="checkouts", allowed=SIGNED_IN, statements=1
)
begin_checkout = Operation(
    rest="POST /billing/checkouts",
    graphql="beginCheckout",
    sample={"product": "lessons-5"},
    status=201,
    allowed=SIGNED_IN,
    statements=12,
    refusals={
        "404 unknown_product": body(product="nothing"),
        "409 already_subscribed": body(product="premium-yearly"),
        "422 voucher_refused": body(voucher="NOTHING"),
    },
)
get_checkout = Operation(
    rest="GET /billing/checkouts/{checkout}",
    graphql="checkout(id: $checkout)",
    sample={"checkout": CHECKOUT},
    allowed=LEARNER,
    others="404 checkout_not_found",
    statements=1,
)
give_up_checkout = Operation(
    rest="POST /billing/checkouts/{checkout}/abandonment",
    graphql="giveUpCheckout(id: $checkout)",
    sample={"checkout": CHECKOUT},
    allowed=LEARNER,
    others="404 checkout_not_found",
    statements=9,
    refusals={"409 payments_unavailable": provider_away},
)
confirm_checkout = Operation(
    rest="POST /billing/checkouts/{checkout}/confirmation",
    graphql="confirmCheckout(id: $checkout)",
    sample={"checkout": REQUOTED, "quote": 2},
    allowed=LEARNER,
    others="404 checkout_not_found",
    statements=9,
    refusals={
        "409 nothing_to_confirm": about(checkout=CHECKOUT),
        "409 quote_changed": body(quote=3),
        "409 quote_expired": after(expire_quote),
    },
)
list_subscriptions = Operation(
    rest="GET /billing/subscriptions", graphql="subscriptions", allowed=SIGNED_IN, statements=1
)
cancel_subscription = Operation(
    rest="POST /billing/subscriptions/{subscription}/cancellation",
    graphql="cancelSubscription",
    sample={"subscription": SUBSCRIPTION},
    allowed=LEARNER,
    others="404 subscription_not_found",
    statements=6,
)
resume_subscription = Operation(
    rest="POST /billing/subscriptions/{subscription}/resumption",
    graphql="resumeSubscription",
    sample={"subscription": SUBSCRIPTION},
    stage=cancel_subscription_of_learner,
    allowed=LEARNER,
    others="404 subscription_not_found",
    moves=_SUBSCRIPTIONS,
    statements=23,
    graphql_why="It stores the wish, tells the provider, and applies the answer.",
    refusals={"409 not_canceled": after(make_active)},
)
pay_due = Operation(
    rest="POST /billing/subscriptions/{subscription}/payment",
    graphql="payDue",
    sample={"subscription": SUBSCRIPTION},
    stage=fail_renewal,
    moves=_SUBSCRIPTIONS,
    allowed=LEARNER,
    others="404 subscription_not_found",
    statements=2,
    refusals={"409 nothing_due": after(make_active)},
)
redeem_voucher = Operation(
    rest="POST /billing/vouchers/redemption",
    graphql="redeemVoucher",
    sample={"code": "FREE-WEEK"},
    status=204,
    allowed=SIGNED_IN,
    moves=frozenset({"billing.Voucher"}),
    statements=11,
    graphql_statements=14,
    graphql_why="It shows the new entitlements with their sources.",
    refusals={"422 voucher_refused": body(code="NOTHING")},
)
receive_webhook = Operation(
    rest="POST /billing/webhooks/{provider}",
    sample={"provider": "sandbox", "id": "evt_1"},
    allowed=NOBODY,
    others="400 invalid_signature",
    but={ANONYMOUS: "400 invalid_signature"},
    success=_signed_webhook,
    statements=5,
)
