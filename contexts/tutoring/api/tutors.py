"""Tutors: application, approval, availability."""

from contexts.shared.database.transactions.atomic import for_context
from contexts.tutoring.adapters.tutors import OrmTutors
from contexts.tutoring.application.tutors import Teaching

atomic = for_context("tutoring")
_teaching = Teaching(tutors=OrmTutors())

apply_as_tutor = atomic(_teaching.apply)
approve_tutor = atomic(_teaching.approve)
pause_tutor = atomic(_teaching.pause)
resume_tutor = atomic(_teaching.resume)
leave_tutoring = atomic(_teaching.leave)
set_hours = atomic(_teaching.set_hours)
set_overrides = atomic(_teaching.set_overrides)
set_travels = atomic(_teaching.set_travels)
