"""A person's request to be erased."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from contexts.identity import models as rows
from contexts.shared.kernel.shapes import from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """A request to be erased."""

    requested_at: datetime
    due_at: Annotated[datetime, "Until then it can be withdrawn."]


def erasure(person_id: UUID) -> Erasure | None:
    """Return the request that can still be withdrawn, if there is one."""
    row = rows.Erasure.objects.filter(user_id=person_id, started_at=None).first()
    return from_row(Erasure, row) if row else None


def erased_since(since: datetime) -> list[UUID]:
    """Return the ids of the people who were erased at or after an instant, in order."""
    erased = rows.User.objects.filter(erased_at__gte=since).order_by("erased_at", "pk")
    return list(erased.values_list("pk", flat=True))
