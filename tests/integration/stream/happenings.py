"""Events to stream, and their deliveries."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from contexts.identity.events import RoleChanged
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent, StreamDelivery
from contexts.shared.messaging.publishing import publish

ORIGIN = alias_of("identity")
ANA, BEN = UUID(int=1), UUID(int=2)


def happened(user_id: UUID | None = None, *, role: str = "tutor") -> RoleChanged:
    return RoleChanged(occurred_at=now(), user_id=user_id or new_id(), role=role, granted=True)


@for_context("identity")
def say(*events: RoleChanged) -> None:
    publish(events)


def say_in_order(user_id: UUID, roles: Iterable[object]) -> None:
    """Publish an event about one person for each role, in order."""
    say(*[happened(user_id, role=str(role)) for role in roles])


def waiting() -> list[StreamDelivery]:
    return list(StreamDelivery.objects.using(ORIGIN).select_related("event").order_by("pk"))


def spoil(delivery: StreamDelivery, data: dict[str, Any] | None = None) -> None:
    """Give the event of a delivery data that no message can hold."""
    poison = {"role": "tutor", "granted": "perhaps"} if data is None else data
    StoredEvent.objects.using(ORIGIN).filter(pk=delivery.event_id).update(data=poison)


def roles_of(messages: list[dict[str, Any]], user_id: UUID) -> list[str]:
    """Return the roles of a person's messages, in the consumer's order."""
    return [one["data"]["role"] for one in messages if one["subject"] == str(user_id)]


def firsts(names: list[str]) -> list[str]:
    """Return the names without repetitions."""
    return list(dict.fromkeys(names))
