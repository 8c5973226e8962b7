"""Whom billing knows, what it tells them of themselves, and how it forgets them."""

from datetime import datetime
from uuid import UUID

from contexts.billing.adapters import privacy
from contexts.billing.adapters.people import customers
from contexts.billing.events import PersonErased
from contexts.shared.database.atomic import for_context
from contexts.shared.messaging.publishing import publish
from contexts.shared.people.directory import register

atomic = for_context("billing")

PERSON_FIELDS = privacy.FIELDS
export_person = privacy.export_person


def remember_customer(*, customer_id: UUID) -> None:
    """Take a person's name, country and language from identity, as they are now."""
    customers.remember(person_id=customer_id)


def forget_customer(*, customer_id: UUID) -> None:
    """An account has ended: its person buys nothing any more."""
    customers.forget(person_id=customer_id)


def refresh_block(*, blocker_id: UUID, blocked_id: UUID) -> None:
    """Take over whether one person blocks another."""
    customers.refresh_block(blocker_id=blocker_id, blocked_id=blocked_id)


@atomic
def erase_person(*, person_id: UUID, now: datetime) -> None:
    """Forget the customer; what the law wants kept names them by their id alone."""
    customers.forget(person_id=person_id)
    privacy.forget(person_id=person_id)
    publish([PersonErased(occurred_at=now, person_id=person_id)])


def register_people() -> None:
    """Let the command that rebuilds tables of people know billing's."""
    register(customers)
