"""Tutoring for staff: all rows, and decisions about applicants."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from contexts.shared.database.admin import ReadOnlyAdmin, ReadOnlyInline
from contexts.shared.kernel import now
from contexts.shared.people.admin import KnownBlockAdmin, KnownPersonAdmin
from contexts.tutoring import api, queries
from contexts.tutoring.models import (
    Block,
    CalendarFeed,
    Lesson,
    LessonCell,
    Person,
    Tutor,
    TutorLanguage,
)
from contexts.tutoring.permissions import may_decide_on_tutors


class LanguageInline(ReadOnlyInline):
    model = TutorLanguage
    fields = ["language"]


@admin.register(Tutor)
class TutorAdmin(ReadOnlyAdmin):
    """Tutors and applicants; support and admins approve."""

    list_display = ["id", "state", "paused_by", "languages", "policy", "applied_at", "approved_at"]
    list_filter = ["state", "paused_by", "policy"]
    search_fields = ["=id"]
    ordering = ["-applied_at"]
    inlines = [LanguageInline]
    readonly_fields = ["policy_terms"]
    actions = ["approve", "reject", "pause", "resume"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return may_decide_on_tutors(request.user)

    @admin.display(description="Terms")
    def policy_terms(self, tutor: Tutor) -> str:
        return _terms(tutor.policy)

    @admin.action(description="Approve", permissions=["decide"])
    def approve(self, request: HttpRequest, chosen: QuerySet[Tutor]) -> None:
        staff: Any = request.user
        self._each(
            request,
            chosen,
            lambda tutor_id: api.approve_tutor(tutor_id=tutor_id, by=staff.pk, now=now()),
        )

    @admin.action(description="Reject", permissions=["decide"])
    def reject(self, request: HttpRequest, chosen: QuerySet[Tutor]) -> None:
        self._each(request, chosen, lambda tutor_id: api.reject_tutor(tutor_id=tutor_id, now=now()))

    @admin.action(description="Take no more bookings", permissions=["decide"])
    def pause(self, request: HttpRequest, chosen: QuerySet[Tutor]) -> None:
        self._each(request, chosen, lambda tutor_id: api.pause_tutor(tutor_id=tutor_id, now=now()))

    @admin.action(description="Take bookings again", permissions=["decide"])
    def resume(self, request: HttpRequest, chosen: QuerySet[Tutor]) -> None:
        self._each(request, chosen, lambda tutor_id: api.resume_tutor(tutor_id=tutor_id, now=now()))

    def _each(
        self, request: HttpRequest, chosen: QuerySet[Tutor], act: Callable[[Any], None]
    ) -> None:
        for tutor_id in chosen.values_list("pk", flat=True):
            try:
                act(tutor_id)
            except api.NotInThisState as refused:
                self.message_user(request, f"{tutor_id}: {refused}", level=messages.WARNING)
            else:
                self.message_user(request, f"{tutor_id}: done.")


def _terms(name: str) -> str:
    policy = next((one for one in queries.policies() if one.name == name), None)
    if policy is None:
        return name
    bands = (f"{band.notice_minutes} min: {band.spent_percent} %" for band in policy.cancellation)
    return f"{name}: canceled with notice of {', '.join(bands)}; later: 100 %"


@admin.register(Lesson)
class LessonAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "state",
        "starts_at",
        "learner_id",
        "tutor_id",
        "policy",
        "spent_percent",
        "ended_by",
    ]
    list_filter = ["state", "policy", "ended_by", "absent"]
    search_fields = ["=id", "=learner_id", "=tutor_id"]
    ordering = ["-created_at"]
    exclude = ["history"]
    readonly_fields = ["policy_terms", "what_happened"]
    actions = ["report_stands", "took_place", "both_absent"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return may_decide_on_tutors(request.user)

    @admin.action(description="Reported absence: it stands", permissions=["decide"])
    def report_stands(self, request: HttpRequest, chosen: QuerySet[Lesson]) -> None:
        self._decide(request, chosen, lambda lesson: lesson.absent)

    @admin.action(description="Reported absence: the lesson took place", permissions=["decide"])
    def took_place(self, request: HttpRequest, chosen: QuerySet[Lesson]) -> None:
        self._decide(request, chosen, lambda _: "")

    @admin.action(description="Reported absence: return the credit", permissions=["decide"])
    def both_absent(self, request: HttpRequest, chosen: QuerySet[Lesson]) -> None:
        self._decide(request, chosen, lambda _: api.BOTH)

    def _decide(
        self, request: HttpRequest, chosen: QuerySet[Lesson], absent: Callable[[Lesson], str]
    ) -> None:
        for lesson in chosen:
            try:
                api.decide_absence(lesson_id=lesson.pk, absent=absent(lesson), now=now())
            except (api.NothingToDecide, api.LessonNotFound) as refused:
                self.message_user(request, f"{lesson.pk}: {refused}", level=messages.WARNING)
            else:
                self.message_user(request, f"{lesson.pk}: decided.")

    @admin.display(description="Terms")
    def policy_terms(self, lesson: Lesson) -> str:
        return _terms(lesson.policy)

    @admin.display(description="History")
    def what_happened(self, lesson: Lesson) -> str:
        told = ((one["at"], one["what"], one["by"]) for one in lesson.history)
        return format_html_join("", "<p>{}: {} ({})</p>", told)


@admin.register(LessonCell)
class LessonCellAdmin(ReadOnlyAdmin):
    list_display = ["person_id", "cell", "lesson_id"]
    search_fields = ["=person_id", "=lesson__id"]


@admin.register(Person)
class PersonAdmin(KnownPersonAdmin):
    list_display = ["display_name", "id", "time_zone"]


@admin.register(Block)
class BlockAdmin(KnownBlockAdmin): ...


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    list_display = ["person_id", "rotated_at"]
    search_fields = ["=person_id"]
    fields = ["person_id", "rotated_at"]
