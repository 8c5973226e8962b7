"""A session's events as they would be sent now, for clients that send them themselves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.adapters import signing
from contexts.billing.adapters.sandbox.cards import NoSuchSession
from contexts.billing.adapters.sandbox.events import HEADER, body_of, secret
from contexts.billing.models import SandboxEvent, SandboxSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """`signature` is the value of `header`, and holds for five minutes."""

    id: UUID
    type: str
    object: str
    sent: int
    body: str
    header: str
    signature: str


def outbox(session_id: str, *, now: datetime) -> list[Outgoing]:
    """In the order in which they happened. Raises NoSuchSession."""
    if not SandboxSession.objects.filter(pk=session_id).exists():
        raise NoSuchSession
    found = SandboxEvent.objects.filter(session=session_id).order_by("id")
    return [_outgoing(row, now) for row in found]


def _outgoing(row: SandboxEvent, now: datetime) -> Outgoing:
    body = body_of(row)
    return Outgoing(
        id=row.pk,
        type=row.kind,
        object=row.object_ref,
        sent=row.sent,
        body=body.decode(),
        header=HEADER,
        signature=signing.sign(body, secret=secret(), now=now),
    )
