"""Retention, repetition and measures of mail."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Min

from contexts.shared.database.placement.aliases import alias_of, all_aliases
from contexts.shared.database.statements.purging import purge_rows
from contexts.shared.kernel import now
from contexts.shared.mailing.models import Mail

ENDED = [Mail.State.SENT, Mail.State.REFUSED, Mail.State.GIVEN_UP, Mail.State.NOT_NEEDED]
FAILED = [Mail.State.REFUSED, Mail.State.GIVEN_UP]


def purge_all() -> int:
    """Delete mails that ended and are past their retention."""
    before = now() - settings.RETENTION["mails"]
    return sum(
        purge_rows(
            Mail.objects.using(using).filter(state__in=ENDED, posted_at__lt=before), using=using
        )
        for using in all_aliases()
    )


def send_again(*, using: str, ids: Iterable[UUID]) -> int:
    """Let failed mails be sent once more. Return their number."""
    at = now()
    rows = Mail.objects.using(using).filter(pk__in=list(ids), state__in=FAILED)
    return rows.update(state=Mail.State.WAITING, due_at=at, posted_at=at, attempts=0)


def erase(*, context: str, person_id: UUID) -> None:
    """Delete the mails of a context to a person."""
    Mail.objects.using(alias_of(context)).filter(context=context, person_id=person_id).delete()


def waiting(*, using: str, at: datetime) -> tuple[int, float]:
    """Return the number of waiting mails, and for how many seconds the oldest was due.

    A mail that its own server postpones is due later, and delays no other.
    """
    rows = Mail.objects.using(using).filter(state=Mail.State.WAITING)
    oldest = rows.aggregate(oldest=Min("due_at"))["oldest"]
    return rows.count(), max((at - oldest).total_seconds(), 0.0) if oldest else 0.0


def failed(*, using: str) -> int:
    """Return the number of mails that were refused or given up."""
    return Mail.objects.using(using).filter(state__in=FAILED).count()
