"""Sign-ins and refusals in the audit log."""

import hashlib
from datetime import datetime
from uuid import UUID

from contexts.identity.models import User
from contexts.shared.audit.models import AuditEntry
from contexts.shared.audit.recording import record
from contexts.shared.kernel import address_key

_DIGITS = 16


def note_sign_in(*, user_id: UUID, source: str, now: datetime) -> None:
    """Record that a person has signed in, through the API or a page."""
    record("sign_in", source=source, actor_id=user_id, subject=f"identity.user:{user_id}", at=now)


def note_refusal(*, email: str, reason: str, source: str, now: datetime) -> None:
    """Record a sign-in that was refused. An address without an account leaves a digest only."""
    key = address_key(email)
    user_id = User.objects.filter(email_key=key).values_list("pk", flat=True).first()
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
    record(
        "sign_in",
        source=source,
        subject=f"identity.user:{user_id}" if user_id else f"address:{digest}",
        reason=reason,
        outcome=AuditEntry.Outcome.REFUSED,
        at=now,
    )
