"""Enrollments on their rows."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError
from django.db.models import OuterRef, QuerySet, Subquery

from contexts.courses import models as rows
from contexts.courses.application.enrollments import AlreadyEnrolled
from contexts.courses.domain.enrollments import Enrollment, EnrollmentNotFound
from contexts.shared.database.statements.prepared import Prepared, id_param
from contexts.shared.kernel import Event
from contexts.shared.language import primary
from contexts.shared.messaging.publishing import publish

Publish = Callable[[Iterable[Event]], None]


class EnrollmentRow(NamedTuple):
    id: UUID
    learner_id: UUID
    course_id: str
    version_id: UUID
    enrolled_at: datetime
    time_zone: str | None


def locked() -> QuerySet[rows.Enrollment]:
    """Return the query of a learner's enrollment that locks its row."""
    learner = rows.Learner.objects.filter(pk=OuterRef("learner_id"))
    found = rows.Enrollment.objects.select_for_update().annotate(
        time_zone=Subquery(learner.values("time_zone")[:1])
    )
    return found.filter(pk=id_param("enrollment"), learner_id=id_param("learner")).order_by()


_ENROLLMENT = Prepared(
    "courses", EnrollmentRow, lambda: locked().values_list(*EnrollmentRow._fields)
)


class OrmEnrollments:
    """`publish` stores the events beside the rows."""

    def __init__(self, publish: Publish = publish) -> None:
        self._publish = publish

    def find(self, *, learner_id: UUID, course: str) -> UUID | None:
        found = rows.Enrollment.objects.filter(learner_id=learner_id, course_id=course)
        return found.values_list("id", flat=True).first()

    def find_newest(self, *, learner_id: UUID, language: str) -> UUID | None:
        mine = rows.Enrollment.objects.filter(learner_id=learner_id).order_by("-enrolled_at")
        taught = mine.values_list("pk", "course__language")
        wanted = primary(language)
        return next((pk for pk, tag in taught if primary(tag) == wanted), None)

    def add(self, enrollment: Enrollment, *, now: datetime) -> None:
        try:
            rows.Enrollment.objects.create(
                id=enrollment.id,
                learner_id=enrollment.learner_id,
                course_id=enrollment.course,
                version_id=enrollment.version_id,
                enrolled_at=now,
            )
        except IntegrityError as error:
            raise AlreadyEnrolled from error
        self._publish(enrollment.collect_events())

    def take(self, enrollment_id: UUID, *, learner_id: UUID) -> Enrollment:
        row = _ENROLLMENT.first(enrollment=enrollment_id, learner=learner_id)
        if row is None:
            raise EnrollmentNotFound
        return to_enrollment(row)

    def move(self, enrollment: Enrollment) -> None:
        found = rows.Enrollment.objects.filter(pk=enrollment.id)
        found.update(version_id=enrollment.version_id)


def take_any(enrollment_id: UUID) -> Enrollment | None:
    """Return anybody's enrollment, locked; None if it is gone."""
    learner = rows.Learner.objects.filter(pk=OuterRef("learner_id"))
    found = rows.Enrollment.objects.select_for_update().filter(pk=enrollment_id)
    row = found.annotate(time_zone=Subquery(learner.values("time_zone")[:1])).first()
    return to_enrollment(row) if row else None


def to_enrollment(row: Any) -> Enrollment:
    return Enrollment(
        id=row.id,
        learner_id=row.learner_id,
        course=row.course_id,
        version_id=row.version_id,
        enrolled_at=row.enrolled_at,
        time_zone=_zone(row.time_zone or "") or "UTC",
        zone_is_known=bool(_zone(row.time_zone or "")),
    )


@cache
def _zone(name: str) -> str:
    """Return the name of a zone, empty if this host's data lacks it."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
