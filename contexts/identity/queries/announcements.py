"""How far the announcements of new legal texts have come."""

from dataclasses import dataclass
from datetime import datetime

from contexts.identity import models as rows
from contexts.shared.kernel.shapes import from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An announcement of a new version, and the number of people who were mailed."""

    kind: str
    version: str
    started_at: datetime
    mailed: int
    finished_at: datetime | None


def announced() -> list[Announced]:
    """Return all announcements, the newest first."""
    found = rows.Announcement.objects.order_by("-started_at")
    return [from_row(Announced, row) for row in found]
