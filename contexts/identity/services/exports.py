"""A person's own data: asked for, built by a task, and fetched with a link that expires."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from contexts.identity.adapters import tokens
from contexts.identity.domain.profiles import UnknownPerson
from contexts.identity.events import DataExportRequested
from contexts.identity.models import DataExport, User
from contexts.shared import privacy
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import NotFound
from contexts.shared.mailing.facts import provides
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.posting import post
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")

LIFETIME = timedelta(days=7)
_AGAIN_AFTER = timedelta(days=1)


class NoExport(NotFound):
    code = "no_export"
    message = "This export does not exist or has expired. Ask for a new one."


@atomic
def request_export(*, export_id: UUID, user_id: UUID, now: datetime) -> UUID:
    """Ask for a person's own data. Return the id of the export.

    Returns the last one if it is not a day old. Raises UnknownPerson.
    """
    if User.objects.select_for_update().filter(pk=user_id, is_active=True).first() is None:
        raise UnknownPerson
    last = DataExport.objects.filter(user_id=user_id, requested_at__gt=now - _AGAIN_AFTER)
    found = last.values_list("pk", flat=True).first()
    if found is not None:
        return found
    DataExport.objects.filter(user_id=user_id).delete()
    DataExport.objects.create(id=export_id, user_id=user_id, requested_at=now)
    publish([DataExportRequested(occurred_at=now, export_id=export_id, user_id=user_id)])
    return export_id


@atomic
def build_export(*, export_id: UUID, now: datetime) -> None:
    """Build the archive and mail its link. Does nothing if it is built or gone."""
    row = DataExport.objects.select_for_update().filter(pk=export_id, ready_at=None).first()
    if row is None:
        return
    row.archive = _archive(privacy.export_person(person_id=row.user_id))
    row.ready_at, row.expires_at = now, now + LIFETIME
    row.save(update_fields=["archive", "ready_at", "expires_at"])
    post(
        "export_ready",
        context="identity",
        person_id=row.user_id,
        key=str(export_id),
        until=row.expires_at,
        now=now,
    )


def archive_of(*, token: str, now: datetime) -> bytes:
    """Return the ZIP behind a link. Raises NoExport."""
    export_id = tokens.export_of(token)
    rows = DataExport.objects.filter(pk=export_id or UUID(int=0), expires_at__gt=now)
    found = rows.values_list("archive", flat=True).first()
    if found is None:
        raise NoExport
    return bytes(found)


@atomic
def purge_exports(*, now: datetime) -> None:
    """Delete expired exports."""
    DataExport.objects.filter(expires_at__lte=now).delete()


def _archive(parts: Mapping[str, Any]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for context, part in parts.items():
            text = json.dumps(part, ensure_ascii=False, indent=2)
            archive.writestr(f"{context}.json", text.encode())
    return written.getvalue()


@provides("identity", "export_ready")
def _link(mail: Mail) -> Mapping[str, Any] | None:
    row = DataExport.objects.filter(user_id=mail.person_id, ready_at__isnull=False).first()
    return {"token": row.token} if row else None
