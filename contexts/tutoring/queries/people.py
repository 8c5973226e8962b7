"""People as the others see them, and who is kept apart."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from contexts.tutoring.models import Person, kept_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShown:
    """Somebody in a lesson."""

    id: UUID
    name: str


def name_of(column: str) -> Subquery:
    """The name of the person in a column of the row."""
    return Subquery(Person.objects.filter(pk=OuterRef(column)).values("display_name")[:1])


def zone_of_asker(person_id: UUID) -> Subquery:
    return Subquery(Person.objects.filter(pk=person_id).values("time_zone")[:1])


def apart(person_id: UUID, column: str) -> Exists:
    """Whether a person and the one in a column of the row do not meet."""
    return kept_apart(person_id, OuterRef(column))
