"""What billing tells the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contexts.shared.kernel import Event


@dataclass(frozen=True, kw_only=True)
class EntitlementChanged(Event):
    """What a customer may use has changed: `feature` until `until`, or not at all when None.

    `revision` grows with each change of this customer's feature: the highest is the truth.
    """

    name: ClassVar[str] = "billing.entitlement_changed.v1"
    subject: ClassVar[str] = "customer_id"

    customer_id: UUID
    feature: str
    until: datetime | None
    revision: int


@dataclass(frozen=True, kw_only=True)
class HoldLost(Event):
    """A held credit expired before its confirmation came, and no other could take its place."""

    name: ClassVar[str] = "billing.hold_lost.v1"
    subject: ClassVar[str] = "customer_id"

    hold_id: UUID
    customer_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """Billing has erased its part of a person; what the law wants kept is pseudonymous."""

    name: ClassVar[str] = "billing.person_erased.v1"
    subject: ClassVar[str] = "person_id"

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class WebhookReceived(Event):
    """A payment provider told something; it is stored, and acted on next."""

    name: ClassVar[str] = "billing.webhook_received.v1"
    subject: ClassVar[str] = "webhook_id"

    webhook_id: UUID
    provider: str


@dataclass(frozen=True, kw_only=True)
class CancellationAsked(Event):
    """A customer wants a subscription to end; the provider is told next."""

    name: ClassVar[str] = "billing.cancellation_asked.v1"
    subject: ClassVar[str] = "customer_id"

    customer_id: UUID
    subscription_id: UUID


@dataclass(frozen=True, kw_only=True)
class SandboxEventMade(Event):
    """A webhook of the sandbox waits to be sent. In development only."""

    name: ClassVar[str] = "billing.sandbox_event_made.v1"
    subject: ClassVar[str] = "sandbox_event_id"

    sandbox_event_id: UUID
