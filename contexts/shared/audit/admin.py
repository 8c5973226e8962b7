"""The audit log for the admin role. Nobody can change it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from contexts.shared.audit.models import AuditEntry
from contexts.shared.database.admin import ReadOnlyAdmin
from contexts.shared.database.placement.aliases import alias_of


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor_id", "action", "subject", "outcome", "reason"]
    list_filter = ["source", "outcome"]
    search_fields = ["=actor_id", "=subject", "=action"]
    ordering = ["-at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return super().get_queryset(request).using(alias_of("identity"))
