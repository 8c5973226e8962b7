"""A person's export of their own data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.conf import settings

from contexts.identity import models as rows


@dataclass(frozen=True, slots=True, kw_only=True)
class DataExport:
    """The caller's own data, as a ZIP of JSON files."""

    requested_at: datetime
    ready_at: Annotated[datetime | None, "Null until it is built."]
    expires_at: Annotated[datetime | None, "Until then the address works."]
    url: Annotated[str, "The address of the ZIP; empty until it is built."]


def data_export(person_id: UUID, *, now: datetime) -> DataExport | None:
    """Return the latest export, None if there is none or it has expired."""
    found = rows.DataExport.objects.filter(user_id=person_id).defer("archive")
    row = found.order_by("-requested_at").first()
    if row is None or (row.expires_at and row.expires_at <= now):
        return None
    token = row.token if row.ready_at else ""
    return DataExport(
        requested_at=row.requested_at,
        ready_at=row.ready_at,
        expires_at=row.expires_at,
        url=f"{settings.PUBLIC_URL}/account/export/{token}" if token else "",
    )
