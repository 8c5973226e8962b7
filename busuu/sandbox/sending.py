"""Sends webhooks after the commit that stored them."""

from busuu.sandbox import webhooks
from contexts.billing.events import SandboxEventMade
from contexts.shared.kernel import now
from contexts.shared.messaging.registry import Subscriber, add


def send_webhook(event: SandboxEventMade) -> None:
    """Raises ConnectionError if the shop could not take it; it is sent again then."""
    status = webhooks.send(event.sandbox_event_id, now=now())
    if status is not None and status >= 500:
        raise ConnectionError(f"the webhook was answered with {status}; it is sent again")


# Billing's queue carries it: the vendor has none. Open deliveries know the subscriber by this name.
add(
    Subscriber(
        name="billing.send_sandbox_event",
        context="billing",
        event=SandboxEventMade,
        react=send_webhook,
        outside=True,
    )
)
