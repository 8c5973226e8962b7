"""Consents: optional purposes, each of which a person may allow and revoke at any time."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from contexts.identity.domain.consents import PURPOSES
from contexts.identity.domain.profiles import UnknownPerson
from contexts.identity.events import ConsentChanged
from contexts.identity.models import Consent, User
from contexts.identity.queries.consents import latest_consents
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")


@atomic
def set_consents(
    *, user_id: UUID, granted: Mapping[str, bool], face: str, language: str, now: datetime
) -> None:
    """Allow or revoke the named purposes. Does nothing for answers given before.

    Raises UnknownPerson.
    """
    # Two requests at once wait here for each other.
    if not User.objects.select_for_update().filter(pk=user_id, is_active=True).first():
        raise UnknownPerson
    changed = record_consents(user_id, granted, face=face, language=language, now=now)
    publish([_event(row, now=now) for row in changed])


def record_consents(
    user_id: UUID, granted: Mapping[str, bool], *, face: str, language: str, now: datetime
) -> list[Consent]:
    """Add a row for each answer that differs from the latest one. Return the rows."""
    latest = {row.purpose: row for row in latest_consents(user_id)} if granted else {}
    rows = [
        Consent(
            user_id=user_id,
            purpose=purpose,
            granted=answer,
            number=latest[purpose].number + 1 if purpose in latest else 1,
            version=PURPOSES[purpose],
            at=now,
            face=face,
            language=language,
        )
        for purpose, answer in granted.items()
        if answer != (purpose in latest and latest[purpose].granted)
    ]
    return Consent.objects.bulk_create(rows)


@atomic
def publish_consents(*, user_id: UUID, now: datetime) -> None:
    """Publish what a person allowed at sign-up. Until the address is verified, nobody hears of it.

    A stranger may have registered the address.
    """
    User.objects.select_for_update().filter(pk=user_id).first()
    granted = latest_consents(user_id).filter(granted=True).order_by("purpose")
    publish([_event(row, now=now) for row in granted])


def _event(row: Consent, *, now: datetime) -> ConsentChanged:
    return ConsentChanged(
        occurred_at=now,
        user_id=row.user_id,
        purpose=row.purpose,
        granted=row.granted,
        version=row.version,
        number=row.number,
    )
