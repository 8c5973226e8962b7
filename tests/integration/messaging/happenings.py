"""Something to publish, and the envelopes it travels in."""

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
    """What a subscriber dies of."""


def happened(user_id: UUID | None = None, *, role: str = "tutor") -> RoleChanged:
    return RoleChanged(occurred_at=now(), user_id=user_id or new_id(), role=role, granted=True)


@for_context("identity")
def say(*events: RoleChanged) -> None:
    publish(events)


def sealed() -> list[dict[str, Any]]:
    """Every delivery there is, in envelopes; all of them for one context."""
    rows = Delivery.objects.using(ORIGIN).order_by("pk")
    events = read_events({row.event_id for row in rows}, using=ORIGIN)
    return list(seal(rows, events, origin=ORIGIN))


def hand_over(envelope: dict[str, Any]) -> None:
    context = envelope["deliveries"][0][1].split(".", 1)[0]
    deliver_envelope(envelope, context=context)


def note(event: RoleChanged) -> None:
    """An effect that shows when it happens twice or by halves."""
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
