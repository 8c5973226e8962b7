"""Recording: an entry in the caller's transaction, or by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from contexts.shared.audit.models import AuditEntry
from contexts.shared.database.placement.aliases import alias_of

_SUBJECT_CHARACTERS = 120
_REASON_CHARACTERS = 300


def record(
    action: str,
    *,
    source: str,
    at: datetime,
    subject: str = "",
    actor_id: UUID | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    outcome: str = AuditEntry.Outcome.DONE,
) -> None:
    """Add an entry. `before` and `after` hold ids, codes, numbers and instants, no names or texts.

    The log is in identity's database; in a transaction there, the entry is undone with the act.
    """
    trace = structlog.contextvars.get_contextvars()
    entry = AuditEntry(
        at=at,
        actor_id=actor_id,
        source=source,
        action=action,
        subject=subject[:_SUBJECT_CHARACTERS],
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason[:_REASON_CHARACTERS],
        outcome=outcome,
        request_id=str(trace.get("request_id", ""))[:64],
    )
    entry.save(using=alias_of("identity"))
