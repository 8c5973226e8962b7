"""Telling everybody of a new version of a legal text: by mail, in batches, once per person."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from contexts.identity.domain.legal import Document, UnknownVersion
from contexts.identity.models import Announcement, User
from contexts.identity.queries.legal import current_document, document
from contexts.shared.audit.recording import record
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Conflict
from contexts.shared.mailing.facts import provides
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.posting import post_to_many, waiting_of

atomic = for_context("identity")

_TEMPLATE = "terms_changed"


class AlreadyInThePast(Conflict):
    code = "version_past"
    message = "A newer version is in force. Announce that one."


@atomic
def announce_version(*, kind: str, version: str, now: datetime) -> bool:
    """Start to mail everybody. Return whether this was the first call.

    Raises UnknownVersion, AlreadyInThePast.
    """
    found = document(kind, version)
    if found.version < current_document(kind, now=now).version:
        raise AlreadyInThePast
    _, started = Announcement.objects.get_or_create(
        kind=kind, version=version, defaults={"started_at": now}
    )
    if started:
        after = {"kind": kind, "version": version}
        record("legal.announced", source="console", subject=f"legal:{kind}", after=after, at=now)
    return started


def announce_batch(*, now: datetime) -> int:
    """Post the next mails of each announcement under way. Return their number."""
    open_ones = Announcement.objects.filter(finished_at=None).values_list("pk", flat=True)
    return sum(_announce(announcement_id=one, now=now) for one in list(open_ones))


@atomic
def _announce(*, announcement_id: UUID, now: datetime) -> int:
    # The place in the sweep and the mails are one transaction, and only one sweep runs.
    rows = Announcement.objects.select_for_update()
    row = rows.filter(pk=announcement_id, finished_at=None).first()
    found = _document(row)
    if row is None or found is None:
        return 0
    most = settings.LEGAL["MAILS_WAITING"] - waiting_of(_TEMPLATE, context="identity")
    ids = _next_people(row.last_id, most) if most > 0 else []
    _mail(ids, found, now=now)
    row.last_id = ids[-1] if ids else row.last_id
    row.mailed += len(ids)
    # People who register before the day have agreed to the older text, and come last.
    if len(ids) < most and found.in_force_at <= now:
        row.finished_at = now
    row.save(update_fields=["last_id", "mailed", "finished_at"])
    return len(ids)


def _document(row: Announcement | None) -> Document | None:
    try:
        return document(row.kind, row.version) if row else None
    except UnknownVersion:
        # The operator took the file away.
        return None


def _next_people(after: UUID | None, most: int) -> list[UUID]:
    people = User.objects.filter(is_active=True, verified_at__isnull=False)
    rest = people.filter(pk__gt=after) if after else people
    return list(rest.order_by("pk").values_list("pk", flat=True)[:most])


def _mail(ids: list[UUID], about: Document, *, now: datetime) -> None:
    facts = {"kind": about.kind, "version": about.version}
    key = f"{about.kind}:{about.version}"
    post_to_many(_TEMPLATE, context="identity", person_ids=ids, key=key, facts=facts, now=now)


@provides("identity", _TEMPLATE)
def _date(mail: Mail) -> Mapping[str, Any] | None:
    return {"day": date.fromisoformat(mail.facts["version"])}
