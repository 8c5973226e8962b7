"""What a person has agreed to, and what they still have to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from contexts.identity import models as rows
from contexts.identity.queries.legal import address, agreeable_terms
from contexts.shared.kernel.shapes import from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededAgreement:
    """A version that is in force and that the caller has not agreed to."""

    kind: Annotated[str, "`terms`."]
    version: str
    url: Annotated[str, "The page with the text."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The caller agreed to a version of our terms."""

    kind: Annotated[str, "`terms`."]
    version: str
    at: datetime
    face: Annotated[Literal["rest", "graphql", "page", "console"], "Where."]
    language: Annotated[str, "In which the text was shown. BCP 47."]


def agreements_of(person_id: UUID) -> QuerySet[rows.Agreement]:
    return rows.Agreement.objects.filter(user_id=person_id)


def agreement(row: Any) -> Agreement:
    return from_row(Agreement, row)


def has_agreed(*, now: datetime) -> Exists:
    """A condition on people: they agreed to the terms in force, or to newer ones."""
    versions = [one.version for one in agreeable_terms(now=now)]
    return Exists(
        rows.Agreement.objects.filter(user_id=OuterRef("pk"), kind="terms", version__in=versions)
    )


def needed(*, now: datetime) -> list[NeededAgreement]:
    """Return what a person needs who has agreed to nothing that is in force."""
    current = agreeable_terms(now=now)[0]
    return [NeededAgreement(kind=current.kind, version=current.version, url=address(current))]


def agreements_needed(person_id: UUID, *, now: datetime) -> list[NeededAgreement]:
    """Return the versions in force that a person has not agreed to."""
    agreed = rows.User.objects.filter(has_agreed(now=now), pk=person_id)
    return [] if agreed.exists() else needed(now=now)
