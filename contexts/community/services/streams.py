"""Tickets to the stream of notifications."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from django.conf import settings

from contexts.community.adapters.sessions import open_sessions
from contexts.community.models import StreamTicket
from contexts.shared.kernel import Unauthenticated

TICKET_LIFETIME = timedelta(minutes=1)


class InvalidTicket(Unauthenticated):
    code = "invalid_ticket"
    message = "This ticket is unknown, used or expired. Ask for a new stream address."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The address of a stream of notifications. It opens once."""

    url: Annotated[str, "Server-sent events; opens once, within a minute."]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """The member who opens a stream, and the session with which the stream ends."""

    member_id: UUID
    session_id: UUID | None


def open_stream(*, member_id: UUID, now: datetime, session_id: UUID | None = None) -> Stream:
    """Return an address at which a member can open their stream within a minute."""
    ticket, expires_at = secrets.token_urlsafe(32), now + TICKET_LIFETIME
    StreamTicket.objects.create(
        ticket_hash=_hash(ticket),
        member_id=member_id,
        session_id=session_id,
        expires_at=expires_at,
    )
    url = f"{settings.STREAMS_URL}/community/stream?ticket={ticket}"
    return Stream(url=url, expires_at=expires_at)


def redeem_ticket(*, ticket: str, now: datetime) -> Ticket:
    """Use up a ticket. Raises InvalidTicket, also if its session has ended."""
    found = StreamTicket.objects.filter(ticket_hash=_hash(ticket), expires_at__gt=now)
    row = found.first()
    gone, _ = found.delete()
    # Of two requests with one ticket, only one deletes it.
    if row is None or not gone:
        raise InvalidTicket
    if row.session_id and not open_sessions([row.session_id], now=now):
        raise InvalidTicket
    return Ticket(member_id=row.member_id, session_id=row.session_id)


def purge_tickets(*, now: datetime) -> None:
    """Delete expired tickets."""
    StreamTicket.objects.filter(expires_at__lte=now).delete()


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode("utf-8", "replace")).hexdigest()
