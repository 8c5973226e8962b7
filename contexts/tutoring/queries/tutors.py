"""Tutors as learners find them, and as they see themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet

from contexts.shared.kernel import LanguageTag
from contexts.tutoring.domain import documents
from contexts.tutoring.domain.tutors import NotATutor, TutorNotFound, TutorState
from contexts.tutoring.models import Tutor
from contexts.tutoring.queries.people import apart, name_of, zone_of_asker


@dataclass(frozen=True, slots=True, kw_only=True)
class TutorShown:
    """A tutor who takes bookings."""

    id: UUID
    name: str
    languages: list[str]
    introduction: str
    policy: str
    lesson_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationShown:
    """Where one's own wish to teach stands."""

    id: UUID
    state: str
    languages: list[str]
    introduction: str
    applied_at: datetime
    approved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityShown:
    """One's own hours, as they were written."""

    time_zone: str
    lesson_minutes: int
    grid_minutes: int
    notice_minutes: int
    horizon_days: int
    buffer_minutes: int
    policy: str
    rules: list[dict[str, Any]]
    overrides: list[dict[str, Any]]
    travels: list[dict[str, Any]]


class TutorFilter(django_filters.FilterSet):
    language = django_filters.CharFilter(method="teaching", max_length=35)

    class Meta:
        model = Tutor
        fields = ["language"]

    def teaching(self, tutors: QuerySet[Tutor], _name: str, tag: str) -> QuerySet[Tutor]:
        subtag = LanguageTag(tag).primary.lower()
        return tutors.filter(taught__language=subtag)


def tutors(asker_id: UUID) -> QuerySet[Tutor]:
    """Who takes bookings and may be met, with the asker's zone beside."""
    return Tutor.objects.filter(~apart(asker_id, "pk"), state=TutorState.ACTIVE).annotate(
        name=name_of("pk"), asker_zone=zone_of_asker(asker_id)
    )


def tutor_row(tutor_id: UUID, *, asker_id: UUID) -> Any:
    """Raises TutorNotFound."""
    row = tutors(asker_id).filter(pk=tutor_id).first()
    if row is None:
        raise TutorNotFound
    return row


def tutor_shown(row: Any) -> TutorShown:
    return TutorShown(
        id=row.pk,
        name=row.name or "",
        languages=row.languages,
        introduction=row.introduction,
        policy=row.policy,
        lesson_minutes=row.availability["lesson_minutes"],
    )


def tutor(tutor_id: UUID, *, asker_id: UUID) -> TutorShown:
    """Raises TutorNotFound, also for one whom the asker does not meet."""
    return tutor_shown(tutor_row(tutor_id, asker_id=asker_id))


def _own(person_id: UUID) -> Tutor:
    row = Tutor.objects.filter(pk=person_id).first()
    if row is None:
        raise NotATutor
    return row


def application(person_id: UUID) -> ApplicationShown:
    """Raises NotATutor."""
    row = _own(person_id)
    return ApplicationShown(
        id=row.pk,
        state=row.state,
        languages=row.languages,
        introduction=row.introduction,
        applied_at=row.applied_at,
        approved_at=row.approved_at,
    )


def availability(person_id: UUID) -> AvailabilityShown:
    """Raises NotATutor."""
    row = _own(person_id)
    document = documents.written(documents.read(row.availability))
    return AvailabilityShown(policy=row.policy, **document)
