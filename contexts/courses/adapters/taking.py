"""An enrollment's rows as commands need them: locked, and with what is beside them, in one read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery

from contexts.courses import models as rows
from contexts.shared.database.statements.prepared import Prepared, id_param, text_param


class Taken(NamedTuple):
    id: UUID
    learner_id: UUID
    course_id: str
    version_id: UUID


class Asked(NamedTuple):
    id: UUID
    learner_id: UUID
    course_id: str
    version_id: UUID
    asked_key: str | None
    asked_body: Mapping[str, Any] | None
    asked_lesson: str
    accents: str


class Remembered(NamedTuple):
    word_key: str
    due_at: datetime
    last_review_at: datetime
    stability: float
    difficulty: float
    state: str
    step: int | None
    model_version: str


def _locked() -> Any:
    found = rows.Enrollment.objects.select_for_update()
    return found.filter(pk=id_param("enrollment"), learner_id=id_param("learner")).order_by()


def _locked_for_answer() -> Any:
    # Content never changes, so reading it beside the lock is as good as after it.
    asked = rows.Exercise.objects.filter(version=OuterRef("version"), key=text_param("exercise"))
    version = rows.CourseVersion.objects.filter(pk=OuterRef("version"))
    return (
        _locked()
        .annotate(
            asked_key=Subquery(asked.values("key")[:1]),
            asked_body=Subquery(asked.values("body")[:1]),
            asked_lesson=Subquery(asked.values("lesson_key")[:1]),
            accents=Subquery(version.values("accents")[:1]),
        )
        .values_list(*Asked._fields)
    )


def _remembered(items: int) -> Any:
    names = [text_param(f"item{n}") for n in range(items)]
    found = rows.Memory.objects.filter(enrollment=id_param("enrollment"), word_key__in=names)
    return found.values_list(*Remembered._fields)


TAKEN = Prepared("courses", Taken, lambda: _locked().values_list(*Taken._fields))
ASKED = Prepared("courses", Asked, _locked_for_answer)
REMEMBERED = Prepared("courses", Remembered, _remembered)
