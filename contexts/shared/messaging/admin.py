"""The event pipeline for staff. Each database has its own; a filter chooses one."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

from contexts.shared.database.admin import ReadOnlyAdmin
from contexts.shared.database.placement.aliases import alias_of, all_aliases
from contexts.shared.messaging import upkeep
from contexts.shared.messaging.models import Delivery, InboxEntry, StoredEvent, StreamDelivery
from contexts.shared.messaging.registry import all_subscribers


class DatabaseFilter(admin.SimpleListFilter):
    title = parameter_name = "database"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(alias, alias) for alias in all_aliases()]

    def has_output(self) -> bool:
        return len(all_aliases()) > 1

    def queryset(self, request: HttpRequest, rows: QuerySet[Model]) -> QuerySet[Model]:
        return rows


def _chosen_database(request: HttpRequest) -> str:
    # The page of a row carries the filters of its list.
    filters = QueryDict(request.GET.get("_changelist_filters", ""))
    chosen = request.GET.get("database") or filters.get("database")
    return str(chosen) if chosen in all_aliases() else alias_of("identity")


class SubscriberFilter(admin.SimpleListFilter):
    """Lists the subscribers of the code: the table may hold a hundred million rows."""

    title = parameter_name = "subscriber"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted((subscriber.name, subscriber.name) for subscriber in all_subscribers())

    def queryset(self, request: HttpRequest, rows: QuerySet[Model]) -> QuerySet[Model]:
        return rows.filter(subscriber=self.value()) if self.value() else rows


class PipelineAdmin(ReadOnlyAdmin):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).using(_chosen_database(request))

    def has_redrive_permission(self, request: HttpRequest) -> bool:
        """Whether the caller may repeat what failed: the admin role alone."""
        return bool(request.user.is_active and request.user.is_superuser)


@admin.register(StoredEvent)
class StoredEventAdmin(PipelineAdmin):
    list_display = ["name", "subject", "occurred_at", "id"]
    list_filter = [DatabaseFilter]
    search_fields = ["=subject", "=name"]
    ordering = ["-id"]


@admin.register(Delivery)
class DeliveryAdmin(PipelineAdmin):
    list_display = ["subscriber", "event", "state", "failures", "due_at"]
    list_filter = [DatabaseFilter, "state", SubscriberFilter]
    list_select_related = ["event"]
    actions = ["send_again"]
    ordering = ["created_at"]

    @admin.action(description="Send dead deliveries again", permissions=["redrive"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        ids = list(chosen.values_list("pk", flat=True))
        count = upkeep.redrive(using=chosen.db, ids=ids)
        self.message_user(request, f"{count} deliveries will be sent again.")


@admin.register(StreamDelivery)
class StreamDeliveryAdmin(PipelineAdmin):
    list_display = ["event", "context", "subject", "state", "held_until"]
    list_filter = [DatabaseFilter, "state", "context"]
    list_select_related = ["event"]
    search_fields = ["=subject"]
    actions = ["send_again"]
    ordering = ["pk"]

    @admin.action(description="Send dead deliveries again", permissions=["redrive"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[StreamDelivery]) -> None:
        ids = list(chosen.values_list("pk", flat=True))
        count = upkeep.redrive_stream(using=chosen.db, ids=ids)
        self.message_user(request, f"{count} deliveries will be streamed again.")


@admin.register(InboxEntry)
class InboxEntryAdmin(PipelineAdmin):
    list_display = ["subscriber", "event_id", "handled_at"]
    list_filter = [DatabaseFilter, SubscriberFilter]
    ordering = ["-handled_at"]
