"""Calendar feeds at secret addresses."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row
from contexts.tutoring.adapters.calendars import calendar_of
from contexts.tutoring.models import CalendarFeed


def rotate(*, person_id: UUID, now: datetime) -> str:
    """Return a new secret token for a person's feed. The old one stops working."""
    token = secrets.token_urlsafe(32)
    fresh = CalendarFeed(person_id=person_id, token_hash=_digest(token), rotated_at=now)
    row = lock_row(fresh, using=alias_of("tutoring"), person_id=person_id)
    row.token_hash, row.rotated_at = _digest(token), now
    row.save(update_fields=["token_hash", "rotated_at"])
    return token


def close(*, person_id: UUID) -> None:
    """Delete a person's feed. Does nothing if there is none."""
    CalendarFeed.objects.filter(person_id=person_id).delete()


def calendar(*, token: str, now: datetime) -> bytes | None:
    """Return the calendar behind a feed's token as iCalendar, None for an unknown token."""
    found = CalendarFeed.objects.filter(token_hash=_digest(token))
    owner_id = found.values_list("person_id", flat=True).first()
    return calendar_of(owner_id, now=now) if owner_id else None


def _digest(token: str) -> str:
    # A token is 256 random bits: no salt would make its hash any harder to turn back.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
