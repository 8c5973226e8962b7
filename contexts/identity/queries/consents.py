"""The optional purposes, and what a person has said about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contexts.identity import models as rows
from contexts.identity.domain.consents import PURPOSES

Purpose = Literal["product_mail", "research_use"]
# A new wording needs a new version in `domain/consents.py`.
TEXTS: dict[str, Promise] = {
    "product_mail": _("Send me news about the product by mail."),
    "research_use": _(
        "Use my answers and my progress, without my name and address, for research on how people "
        "learn languages."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """An optional purpose. It is off until the person allows it."""

    purpose: Purpose
    granted: bool
    text: Annotated[str, "The wording to show, in the language of the request."]
    version: Annotated[str, "The version of this wording."]
    changed_at: Annotated[datetime | None, "Null if the person has never answered."]


def consents_of(person_id: UUID) -> list[Consent]:
    """Return all purposes, with the latest answer of a person to each."""
    answers = {row.purpose: row for row in latest_consents(person_id)}
    return [
        Consent(
            purpose=purpose,  # type: ignore[arg-type]
            granted=purpose in answers and answers[purpose].granted,
            text=str(TEXTS[purpose]),
            version=version,
            changed_at=answers[purpose].at if purpose in answers else None,
        )
        for purpose, version in PURPOSES.items()
    ]


def latest_consents(person_id: UUID) -> QuerySet[rows.Consent]:
    """Return the latest answer of a person to each purpose."""
    later = rows.Consent.objects.filter(
        user_id=OuterRef("user_id"), purpose=OuterRef("purpose"), number__gt=OuterRef("number")
    )
    return rows.Consent.objects.filter(~Exists(later), user_id=person_id)
