"""Events to publish, and their envelopes."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from contexts.community.models import Member
from contexts.identity.events import RoleChanged
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.delivering import deliver_envelope
from contexts.shared.messaging.envelope import read_events, seal
from contexts.shared.messaging.models import Delivery, InboxEntry
from contexts.shared.messaging.publishing import publish

ORIGIN, THERE = alias_of("identity"), alias_of("community")


class Poison(Exception):
    """An error that kills a delivery."""


def happened(user_id: UUID | None = None, *, role: str = "tutor") -> RoleChanged:
    return RoleChanged(occurred_at=now(), user_id=user_id or new_id(), role=role, granted=True)


@for_context("identity")
def say(*events: RoleChanged) -> None:
    publish(events)


def sealed() -> list[dict[str, Any]]:
    """Return every delivery in envelopes for one context."""
    rows = Delivery.objects.using(ORIGIN).order_by("pk")
    events = read_events({row.event_id for row in rows}, using=ORIGIN)
    return list(seal(rows, events, origin=ORIGIN))


def hand_over(envelope: dict[str, Any]) -> None:
    context = envelope["deliveries"][0][1].split(".", 1)[0]
    deliver_envelope(envelope, context=context)


def note(event: RoleChanged) -> None:
    """Store a row, so that a double or half effect can be seen."""
    Member.objects.create(id=event.user_id, display_name=event.role)


def noted() -> set[UUID]:
    return set(Member.objects.values_list("pk", flat=True))


def inbox() -> QuerySet[InboxEntry]:
    return InboxEntry.objects.using(THERE)


def deliveries() -> list[Delivery]:
    return list(Delivery.objects.using(ORIGIN).order_by("pk"))


__all__ = [
    "ORIGIN",
    "THERE",
    "Poison",
    "RoleChanged",
    "deliveries",
    "hand_over",
    "happened",
    "inbox",
    "note",
    "noted",
    "say",
    "sealed",
]
