from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from busuu.sandbox import signing
from busuu.sandbox.cards import NoSuchSession
from busuu.sandbox.models import Event, Session
from busuu.sandbox.webhooks import body_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A webhook, ready to be sent. `signature` is the value of `header`, valid for five minutes."""

    id: UUID
    type: str
    object: str
    sent: int
    body: str
    header: str
    signature: str


def outbox(session_id: str, *, now: datetime) -> list[Outgoing]:
    """Return the webhooks of a payment, oldest first. Raises NoSuchSession."""
    if not Session.objects.filter(pk=session_id).exists():
        raise NoSuchSession
    rows = Event.objects.filter(session=session_id).order_by("id")
    return [_outgoing(row, now) for row in rows]


def _outgoing(row: Event, now: datetime) -> Outgoing:
    body = body_of(row)
    return Outgoing(
        id=row.pk,
        type=row.kind,
        object=row.object_ref,
        sent=row.sent,
        body=body.decode(),
        header=signing.HEADER,
        signature=signing.sign(body, secret=signing.secret(), now=now),
    )
