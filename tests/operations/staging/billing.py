"""The learner's checkouts, subscription, credits, invoices and free days."""

from typing import TYPE_CHECKING

from contexts.billing import api
from contexts.shared.kernel import now
from tests.factories.billing import (
    CustomerFactory,
    InvoiceFactory,
    VoucherFactory,
    active,
    bought,
    credits_for,
    first_webhook,
    past_due,
    quote_expired,
    requoted,
    subscribed,
    subscriptions_like,
)
from tests.operations.ids import CHECKOUT, INVOICE, REQUOTED, SUBSCRIPTION

if TYPE_CHECKING:
    from tests.operations.world import World


def stage(world: "World") -> None:
    learner_id, size = world.learner.pk, world.size
    CustomerFactory(id=learner_id)
    VoucherFactory(code="FREE-WEEK", kind="free_days", percent=0, days=7)
    world.session = bought(learner_id, "lessons-1", checkout_id=CHECKOUT).provider_ref
    world.webhook = first_webhook(subscribed(learner_id, subscription_id=SUBSCRIPTION))
    for number in range(size):
        credits_for(learner_id, 1)
        bought(learner_id, "lessons-1")
        api.give_days(
            customer_id=learner_id, source=f"gift:{number}", kind="gift", days=1, now=now()
        )
    requoted(learner_id, checkout_id=REQUOTED)
    subscriptions_like(SUBSCRIPTION, count=size - 1)
    InvoiceFactory(id=INVOICE, customer_id=learner_id)
    InvoiceFactory.create_batch(size, customer_id=learner_id)


def cancel_subscription_of_learner(world: "World") -> None:
    """Cancel the subscription with its paid period."""
    api.cancel_subscription(subscription_id=SUBSCRIPTION, customer_id=world.learner.pk, now=now())


def fail_renewal(world: "World") -> None:
    """Let the renewal of the subscription fail."""
    past_due(SUBSCRIPTION)


def make_active(world: "World") -> None:
    """Let nothing be due, and nothing be canceled."""
    active(SUBSCRIPTION)


def expire_quote(world: "World") -> None:
    """Let the time to confirm the new price be over."""
    quote_expired(REQUOTED)
