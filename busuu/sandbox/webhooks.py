"""Webhooks: stored first, then sent signed over HTTP, as often as somebody asks."""

import json
from collections.abc import Callable
from datetime import datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils.module_loading import import_string

from busuu.sandbox import signing
from busuu.sandbox.models import Event, Session
from contexts.billing.events import SandboxEventMade
from contexts.shared.database.transactions.atomic import refuse_in_transaction
from contexts.shared.kernel import new_id
from contexts.shared.messaging.publishing import publish

PATH = "/api/v1/billing/webhooks/sandbox"
Sender = Callable[[bytes, str], int]


def record(session: Session, kind: str, *, ref: str, now: datetime, by_itself: bool) -> UUID:
    """Store a webhook and return its id. If `by_itself`, it is sent after the commit."""
    event = Event.objects.create(
        id=new_id(), session=session, kind=kind, object_ref=ref, created_at=now
    )
    if by_itself:
        publish([SandboxEventMade(occurred_at=now, sandbox_event_id=event.pk)])
    return event.pk


def body_of(event: Event) -> bytes:
    """Return the body: the same bytes each time."""
    payload = {
        "id": f"evt_{event.pk.hex}",
        "type": event.kind,
        "created": int(event.created_at.timestamp()),
        "data": {"object": {"id": event.object_ref}},
    }
    return json.dumps(payload, separators=(",", ":")).encode()


def send(event_id: UUID, *, now: datetime) -> int | None:
    """Send a webhook to the shop. Returns the status, or None if the event is unknown.

    Raises OSError if the shop cannot be reached.
    """
    refuse_in_transaction("a webhook is sent")
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return None
    body = body_of(event)
    deliver: Sender = import_string(settings.SANDBOX_SENDER)
    status = deliver(body, signing.sign(body, secret=signing.secret(), now=now))
    Event.objects.filter(pk=event_id).update(sent=F("sent") + 1)
    return status


def over_http(body: bytes, signature: str) -> int:
    """POST to the shop and return the status. Raises OSError if nobody answers."""
    headers = {"Content-Type": "application/json", signing.HEADER: signature}
    request = Request(f"{settings.PUBLIC_URL}{PATH}", data=body, headers=headers)  # noqa: S310
    try:
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - the address is our own
            return int(answer.status)
    except HTTPError as refusal:
        return refusal.code
