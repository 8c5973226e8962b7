"""Tickets to the stream of notifications."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from contexts.community.models import StreamTicket
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Unauthenticated

atomic = for_context("community")

TICKET_LIFETIME = timedelta(minutes=1)


class InvalidTicket(Unauthenticated):
    code = "invalid_ticket"
    message = "This ticket opens no stream, or not any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamAddress:
    """Where one stream can be opened, once, until `expires_at`."""

    url: str
    expires_at: datetime


@atomic
def open_stream(*, member_id: UUID, now: datetime) -> StreamAddress:
    """Let a member open their stream within a minute."""
    ticket, expires_at = secrets.token_urlsafe(32), now + TICKET_LIFETIME
    StreamTicket.objects.create(
        ticket_hash=_hash(ticket), member_id=member_id, expires_at=expires_at
    )
    url = f"{settings.STREAMS_URL}/community/stream?ticket={ticket}"
    return StreamAddress(url=url, expires_at=expires_at)


@atomic
def redeem_ticket(*, ticket: str, now: datetime) -> UUID:
    """Whose stream the ticket opens; it is used up. Raises InvalidTicket."""
    found = StreamTicket.objects.filter(ticket_hash=_hash(ticket), expires_at__gt=now)
    member_id = found.values_list("member_id", flat=True).first()
    gone, _ = found.delete()
    # Of two who come with one ticket, one deletes it.
    if member_id is None or not gone:
        raise InvalidTicket
    return member_id


def purge_tickets(*, now: datetime) -> None:
    """Forget tickets that nobody used in time."""
    StreamTicket.objects.filter(expires_at__lte=now).delete()


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode("utf-8", "replace")).hexdigest()
