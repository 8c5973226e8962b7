"""The open sessions of a person, as devices that they can sign out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet

from contexts.identity import models as rows
from contexts.shared.kernel.shapes import from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A device on which the caller is signed in."""

    id: UUID
    kind: Annotated[Literal["app", "pages"], "An app with tokens, or a browser's pages."]
    user_agent: Annotated[str, "What the device called itself at sign-in."]
    created_at: datetime
    refreshed_at: Annotated[datetime, "Last used, to the hour."]
    expires_at: datetime
    current: Annotated[bool, "Whether this request belongs to it."]


def open_sessions_of(person_id: UUID, *, now: datetime) -> QuerySet[rows.Session]:
    return rows.Session.objects.filter(user_id=person_id, ended_at=None, expires_at__gt=now)


def open_session(row: Any, *, current: UUID | None) -> OpenSession:
    return from_row(OpenSession, row, current=row.pk == current)


def open_sessions(*, session_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Return those sessions that have not ended, in one query."""
    alive = rows.Session.objects.filter(pk__in=session_ids, ended_at=None, expires_at__gt=now)
    return set(alive.values_list("pk", flat=True))
