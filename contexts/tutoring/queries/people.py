"""People as others see them, and the blocks between them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from contexts.tutoring.models import Person, kept_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A participant of a lesson."""

    id: UUID
    name: str


def name_of(column: str) -> Subquery:
    """The name of the person in a column of the row."""
    return Subquery(Person.objects.filter(pk=OuterRef(column)).values("display_name")[:1])


def zone_of_asker(person_id: UUID) -> Subquery:
    return Subquery(Person.objects.filter(pk=person_id).values("time_zone")[:1])


def zone_of(person_id: UUID) -> str:
    """Return a person's time zone (IANA), UTC for a stranger."""
    found = Person.objects.filter(pk=person_id).values_list("time_zone", flat=True)
    return found.first() or "UTC"


def apart(person_id: UUID, column: str) -> Exists:
    """Whether a block separates a person from the person in a column of the row."""
    return kept_apart(person_id, OuterRef(column))
