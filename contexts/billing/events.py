"""Billing's events."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contexts.shared.kernel import Event


@dataclass(frozen=True, kw_only=True)
class EntitlementChanged(Event):
    """A customer may use `feature` until `until`, or not at all if it is None.

    `revision` grows with each change of this customer's feature. The highest one counts.
    """

    name: ClassVar[str] = "billing.entitlement_changed.v1"
    subject: ClassVar[str] = "customer_id"

    customer_id: UUID
    feature: str
    until: datetime | None
    revision: int


@dataclass(frozen=True, kw_only=True)
class HoldLost(Event):
    """A hold expired before its confirmation, and no other credit was available."""

    name: ClassVar[str] = "billing.hold_lost.v1"
    subject: ClassVar[str] = "customer_id"

    hold_id: UUID
    customer_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """Billing has erased its part of a person. Books kept by law are pseudonymous."""

    name: ClassVar[str] = "billing.person_erased.v1"
    subject: ClassVar[str] = "person_id"

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class WebhookReceived(Event):
    """A provider's webhook is stored and to be acted on."""

    name: ClassVar[str] = "billing.webhook_received.v1"
    subject: ClassVar[str] = "webhook_id"

    webhook_id: UUID
    provider: str


@dataclass(frozen=True, kw_only=True)
class CancellationAsked(Event):
    """A subscription shall end. The provider is to be told."""

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


@dataclass(frozen=True, kw_only=True)
class PaymentFailed(Event):
    """A subscription could not be renewed. Its customer may pay by another card."""

    name: ClassVar[str] = "billing.payment_failed.v1"
    subject: ClassVar[str] = "customer_id"

    customer_id: UUID
    subscription_id: UUID


@dataclass(frozen=True, kw_only=True)
class RefundAsked(Event):
    """A payment shall go back to the buyer. The provider is to be told."""

    name: ClassVar[str] = "billing.refund_asked.v1"
    subject: ClassVar[str] = "customer_id"

    customer_id: UUID
    refund_id: UUID


@dataclass(frozen=True, kw_only=True)
class CheckoutRequoted(Event):
    """A purchase waits for its customer: the card's country has another price. Quotes count on."""

    name: ClassVar[str] = "billing.checkout_requoted.v1"
    subject: ClassVar[str] = "customer_id"

    customer_id: UUID
    checkout_id: UUID
    quote: int


@dataclass(frozen=True, kw_only=True)
class CheckoutConfirmed(Event):
    """A buyer has agreed to a new price. The held card is to be charged."""

    name: ClassVar[str] = "billing.checkout_confirmed.v1"
    subject: ClassVar[str] = "customer_id"

    customer_id: UUID
    checkout_id: UUID
