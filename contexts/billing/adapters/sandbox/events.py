"""What the sandbox tells: kept, so that it can be sent again, and sent signed over HTTP."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils.module_loading import import_string

from contexts.billing.adapters import signing
from contexts.billing.events import SandboxEventMade
from contexts.billing.models import SandboxEvent, SandboxSession
from contexts.shared.database.atomic import refuse_in_transaction
from contexts.shared.kernel import new_id
from contexts.shared.messaging.publishing import publish

HEADER = "Sandbox-Signature"
PATH = "/api/v1/billing/webhooks/sandbox"
Sender = Callable[[bytes, str], int]


def secret() -> str:
    """Made from the server's own key: nobody else can sign."""
    return hashlib.sha256(b"sandbox-webhooks:" + settings.SECRET_KEY.encode()).hexdigest()


def tell(session: SandboxSession, kind: str, *, ref: str, now: datetime, by_itself: bool) -> UUID:
    """Keep an event; `by_itself` has it sent after the commit."""
    event = SandboxEvent.objects.create(
        id=new_id(), session=session, kind=kind, object_ref=ref, created_at=now
    )
    if by_itself:
        publish([SandboxEventMade(occurred_at=now, sandbox_event_id=event.pk)])
    return event.pk


def body_of(event: SandboxEvent) -> bytes:
    """The same bytes each time that an event is sent."""
    told = {
        "id": f"evt_{event.pk.hex}",
        "type": event.kind,
        "created": int(event.created_at.timestamp()),
        "data": {"object": {"id": event.object_ref}},
    }
    return json.dumps(told, separators=(",", ":")).encode()


def send(event_id: UUID, *, now: datetime) -> int | None:
    """POST an event to our own webhooks; gives the status, None for an unknown event."""
    refuse_in_transaction("a webhook is sent")
    event = SandboxEvent.objects.filter(pk=event_id).first()
    if event is None:
        return None
    body = body_of(event)
    deliver: Sender = import_string(settings.BILLING["SANDBOX_SENDER"])
    status = deliver(body, signing.sign(body, secret=secret(), now=now))
    SandboxEvent.objects.filter(pk=event_id).update(sent=F("sent") + 1)
    return status


def over_http(body: bytes, signature: str) -> int:
    """The status that our own endpoint answers; raises OSError where nobody does."""
    headers = {"Content-Type": "application/json", HEADER: signature}
    request = Request(f"{settings.PUBLIC_URL}{PATH}", data=body, headers=headers)  # noqa: S310
    try:
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - the address is our own
            return int(answer.status)
    except HTTPError as refusal:
        return refusal.code
