"""Tutors as learners find them, and a tutor's own application."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import django_filters
from django.db.models import QuerySet

from contexts.shared.kernel import LanguageTag
from contexts.shared.kernel.shapes import from_row
from contexts.tutoring import models as rows
from contexts.tutoring.domain.availability import Offer
from contexts.tutoring.domain.tutors import NotATutor, TutorNotFound, TutorState
from contexts.tutoring.queries.people import apart, name_of, zone_of_asker


@dataclass(frozen=True, slots=True, kw_only=True)
class Tutor:
    """A tutor who takes bookings."""

    id: UUID
    name: str
    languages: list[str]
    introduction: str
    policy: str
    lesson_minutes: int
    lesson_cost: Annotated[int, "In hundredths of a lesson credit, which is 60 minutes."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TutorPause:
    """Why the caller takes no bookings, and until when."""

    by: Annotated[Literal["tutor", "staff"], "If staff paused it, only they end it."]
    reason: Literal["", "holiday", "busy", "personal", "other"]
    until: Annotated[datetime | None, "Then bookings are taken again; null: until it is ended."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The caller's application to teach."""

    id: UUID
    state: TutorState
    languages: list[str]
    introduction: str
    applied_at: datetime
    approved_at: datetime | None
    paused: TutorPause | None


class TutorFilter(django_filters.FilterSet):
    language = django_filters.CharFilter(method="teaching", max_length=35)

    class Meta:
        model = rows.Tutor
        fields = ["language"]

    def teaching(self, tutors: QuerySet[rows.Tutor], _name: str, tag: str) -> QuerySet[rows.Tutor]:
        subtag = LanguageTag(tag).primary.lower()
        return tutors.filter(taught__language=subtag)


def tutors(asker_id: UUID) -> QuerySet[rows.Tutor]:
    """Tutors who take bookings and whom the caller may meet, with the caller's zone."""
    return rows.Tutor.objects.filter(~apart(asker_id, "pk"), state=TutorState.ACTIVE).annotate(
        name=name_of("pk"), asker_zone=zone_of_asker(asker_id)
    )


def tutor_row(tutor_id: UUID, *, asker_id: UUID) -> Any:
    """Raises TutorNotFound."""
    row = tutors(asker_id).filter(pk=tutor_id).first()
    if row is None:
        raise TutorNotFound
    return row


def to_tutor(row: Any) -> Tutor:
    minutes = row.availability["lesson_minutes"]
    cost = Offer(lesson_minutes=minutes).cost
    return from_row(Tutor, row, name=row.name or "", lesson_minutes=minutes, lesson_cost=cost)


def tutor(tutor_id: UUID, *, asker_id: UUID) -> Tutor:
    """Raises TutorNotFound, also if a block separates the two."""
    return to_tutor(tutor_row(tutor_id, asker_id=asker_id))


def own_row(person_id: UUID) -> rows.Tutor:
    """Raises NotATutor."""
    row = rows.Tutor.objects.filter(pk=person_id).first()
    if row is None:
        raise NotATutor
    return row


def application(person_id: UUID) -> Application:
    """Raises NotATutor."""
    row = own_row(person_id)
    return from_row(Application, row, paused=_pause(row))


def _pause(row: Any) -> TutorPause | None:
    if row.state != TutorState.PAUSED:
        return None
    return TutorPause(by=row.paused_by or "tutor", reason=row.pause_reason, until=row.paused_until)
