"""Community for staff: everything to look at, and the moderators' queue to decide."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from contexts.community import api
from contexts.community.models import (
    Block,
    Case,
    Correction,
    Edit,
    Lease,
    Mailbox,
    Member,
    MemberLanguage,
    Notification,
    PointsEntry,
    Reply,
    Report,
    Standing,
    Submission,
)
from contexts.community.permissions import may_moderate
from contexts.shared.database.admin import ReadOnlyAdmin, ReadOnlyInline
from contexts.shared.kernel import now
from contexts.shared.people.admin import KnownBlockAdmin, KnownPersonAdmin


class LanguageInline(ReadOnlyInline):
    model = MemberLanguage
    fields = ["language", "relation"]


@admin.register(Member)
class MemberAdmin(KnownPersonAdmin):
    list_display = ["display_name", "id", "lessons_completed", "last_learned_at"]
    inlines = [LanguageInline]


@admin.register(Block)
class BlockAdmin(KnownBlockAdmin): ...


class EditInline(ReadOnlyInline):
    model = Edit
    fields = ["source", "sentence", "old", "new", "category", "reason", "state", "dispute_reason"]


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "writer_id",
        "language",
        "state",
        "moderation",
        "corrections_count",
        "opened_at",
        "draft_state",
    ]
    list_filter = ["state", "moderation", "primary_language", "draft_state"]
    search_fields = ["=id", "=writer_id"]
    ordering = ["-created_at"]
    inlines = [EditInline]


@admin.register(Lease)
class LeaseAdmin(ReadOnlyAdmin):
    list_display = ["submission", "member_id", "taken_at", "expires_at"]
    search_fields = ["=member_id"]
    list_select_related = ["submission"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["id", "submission_id", "corrector_id", "created_at", "moderation"]
    list_filter = ["moderation"]
    search_fields = ["=id", "=corrector_id", "=submission__id"]
    ordering = ["-created_at"]
    inlines = [EditInline]


@admin.register(Edit)
class EditAdmin(ReadOnlyAdmin):
    list_display = ["id", "submission_id", "source", "old", "new", "category", "state"]
    list_filter = ["source", "state", "category"]
    search_fields = ["=id", "=submission__id", "=correction__id"]
    ordering = ["-id"]


@admin.register(Reply)
class ReplyAdmin(ReadOnlyAdmin):
    list_display = ["author_id", "edit_id", "text", "created_at"]
    search_fields = ["=author_id"]


@admin.register(PointsEntry)
class PointsEntryAdmin(ReadOnlyAdmin):
    list_display = ["member_id", "points", "reason", "quantity", "language", "created_at"]
    list_filter = ["reason"]
    search_fields = ["=member_id", "=cause_id"]


@admin.register(Standing)
class StandingAdmin(ReadOnlyAdmin):
    list_display = ["member_id", "language", "accepted", "disputed"]
    search_fields = ["=member_id"]


@admin.register(Mailbox)
class MailboxAdmin(ReadOnlyAdmin):
    list_display = ["member_id", "last_number"]
    search_fields = ["=member_id"]


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ["recipient_id", "number", "kind", "created_at", "read_at"]
    list_filter = ["kind"]
    search_fields = ["=recipient_id"]


class ReportInline(ReadOnlyInline):
    model = Report
    fields = ["reporter_id", "reason", "comment", "evidence", "created_at"]


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    """The moderators' queue: what is open comes first, and the oldest of it."""

    list_display = [
        "kind",
        "subject_id",
        "about_id",
        "reports_count",
        "state",
        "opened_at",
        "hidden_at",
        "decided_at",
        "decided_by_id",
    ]
    list_filter = ["state", "kind"]
    search_fields = ["=subject_id", "=about_id"]
    ordering = ["opened_at"]
    inlines = [ReportInline]
    actions = ["keep", "remove"]

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    @admin.action(description="Keep what was reported", permissions=["moderate"])
    def keep(self, request: HttpRequest, chosen: QuerySet[Case]) -> None:
        self._decide(request, chosen, remove=False)

    @admin.action(description="Remove what was reported", permissions=["moderate"])
    def remove(self, request: HttpRequest, chosen: QuerySet[Case]) -> None:
        self._decide(request, chosen, remove=True)

    def _decide(self, request: HttpRequest, chosen: QuerySet[Case], *, remove: bool) -> None:
        moderator: Any = request.user
        for case_id in chosen.values_list("pk", flat=True):
            api.decide(case_id=case_id, remove=remove, moderator_id=moderator.pk, now=now())
        self.message_user(request, "Decided.")


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["case", "reporter_id", "reason", "created_at"]
    list_filter = ["reason"]
    list_select_related = ["case"]
    search_fields = ["=reporter_id"]
