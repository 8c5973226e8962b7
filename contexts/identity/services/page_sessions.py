"""Sessions of a browser's pages. The cookie names a row of Session, as an access token does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from contexts.identity.models import Session
from contexts.identity.services.sign_ins import note_sign_in
from contexts.shared.database.transactions.atomic import for_context

atomic = for_context("identity")

_SEEN_EVERY = timedelta(hours=1)


@atomic
def open_page_session(*, session_id: UUID, user_id: UUID, user_agent: str, now: datetime) -> None:
    """Open a session for a person who has just signed in to a page."""
    Session.objects.create(
        id=session_id,
        user_id=user_id,
        kind=Session.Kind.PAGES,
        created_at=now,
        refreshed_at=now,
        expires_at=now + settings.PAGE_SESSION_LIFETIME,
        user_agent=user_agent[:200],
    )
    note_sign_in(user_id=user_id, source="pages", now=now)


@dataclass(frozen=True, slots=True)
class PageSession:
    """An open session of a browser's pages."""

    proven: bool


def page_session(*, session_id: UUID, user_id: UUID, now: datetime) -> PageSession | None:
    """Return a page's session if it is open. Notes at most once an hour that it was used."""
    alive = Session.objects.filter(
        pk=session_id, user_id=user_id, ended_at=None, expires_at__gt=now
    )
    row = alive.values_list("refreshed_at", "proven_at").first()
    if row is None:
        return None
    seen, proven_at = row
    if seen < now - _SEEN_EVERY:
        alive.update(refreshed_at=now)
    return PageSession(proven=proven_at is not None)
