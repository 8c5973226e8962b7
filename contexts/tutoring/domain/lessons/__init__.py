"""The lesson: its record, its ends, its absences, and the aggregate of them all."""

from contexts.tutoring.domain.lessons.absences import COMPLETES_BY_ITSELF_AFTER
from contexts.tutoring.domain.lessons.lesson import HOLD_LASTS, Lesson
from contexts.tutoring.domain.lessons.states import LessonState
