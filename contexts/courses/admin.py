"""Courses and learners' work, read-only."""

from django.contrib import admin

from contexts.courses.models import (
    Attempt,
    Card,
    Course,
    CourseVersion,
    Enrollment,
    Exercise,
    Learner,
    Lesson,
    LessonCompletion,
    Memory,
    Unit,
    Word,
)
from contexts.shared.database.admin import ReadOnlyAdmin, ReadOnlyInline
from contexts.shared.people.admin import KnownPersonAdmin


@admin.register(Course)
class CourseAdmin(ReadOnlyAdmin):
    list_display = ["key", "language", "source", "level", "current"]
    list_filter = ["language", "source", "level"]
    list_select_related = ["current"]


@admin.register(CourseVersion)
class CourseVersionAdmin(ReadOnlyAdmin):
    list_display = ["course", "number", "published_at", "lessons_count", "exercises_count"]
    list_filter = ["course"]


class OfAVersionAdmin(ReadOnlyAdmin):
    """A part of a course's version."""

    list_filter = ["version__course", "version__number"]
    list_select_related = ["version"]
    search_fields = ["key"]


@admin.register(Unit)
class UnitAdmin(OfAVersionAdmin):
    list_display = ["key", "version", "position"]


@admin.register(Lesson)
class LessonAdmin(OfAVersionAdmin):
    list_display = ["key", "version", "unit_key", "position"]


@admin.register(Exercise)
class ExerciseAdmin(OfAVersionAdmin):
    list_display = ["key", "version", "lesson_key"]


@admin.register(Word)
class WordAdmin(OfAVersionAdmin):
    list_display = ["key", "text", "translation", "pos", "version"]
    list_filter = [*OfAVersionAdmin.list_filter, "pos"]
    search_fields = ["key", "text"]


class CompletionInline(ReadOnlyInline):
    model = LessonCompletion
    fields = ["lesson_key", "completed_at", "exercises", "correct"]


@admin.register(Enrollment)
class EnrollmentAdmin(ReadOnlyAdmin):
    list_display = ["learner_id", "course", "version", "enrolled_at"]
    list_filter = ["course"]
    list_select_related = ["version"]
    search_fields = ["=learner_id", "=id"]
    inlines = [CompletionInline]


@admin.register(LessonCompletion)
class LessonCompletionAdmin(ReadOnlyAdmin):
    list_display = ["lesson_key", "completed_at", "exercises", "correct", "enrollment_id"]
    search_fields = ["=enrollment__learner_id", "=enrollment__id"]
    ordering = ["-id"]


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = ["exercise_key", "verdict", "rating", "answered_at", "enrollment_id"]
    search_fields = ["=attempt_id", "=enrollment__learner_id"]
    ordering = ["-id"]


@admin.register(Memory)
class MemoryAdmin(ReadOnlyAdmin):
    list_display = ["word_key", "learner_id", "state", "stability", "difficulty", "due_at"]
    search_fields = ["=learner_id"]


@admin.register(Learner)
class LearnerAdmin(KnownPersonAdmin):
    list_display = ["id", "display_name", "premium_until"]


@admin.register(Card)
class CardAdmin(ReadOnlyAdmin):
    list_display = ["id", "category", "language", "made_at"]
    search_fields = ["=id", "=enrollment__learner_id"]
