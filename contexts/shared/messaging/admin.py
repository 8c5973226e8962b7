from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from contexts.shared.database.aliases import alias_of
from contexts.shared.messaging import upkeep
from contexts.shared.messaging.models import Delivery, InboxEntry, StoredEvent


class ReadOnly(ModelAdmin):
    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(StoredEvent)
class StoredEventAdmin(ReadOnly):
    list_display = ["name", "subject", "occurred_at", "id"]
    search_fields = ["=subject", "=name"]
    show_full_result_count = False
    ordering = ["-id"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    list_display = ["subscriber", "event", "state", "failures", "due_at"]
    list_filter = ["state", "subscriber"]
    list_select_related = ["event"]
    actions = ["send_again"]
    ordering = ["created_at"]

    @admin.action(description="Send dead deliveries again")
    def send_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        ids = list(chosen.values_list("pk", flat=True))
        count = upkeep.redrive(using=alias_of("identity"), ids=ids)
        self.message_user(request, f"{count} deliveries will be sent again.")


@admin.register(InboxEntry)
class InboxEntryAdmin(ReadOnly):
    list_display = ["subscriber", "event_id", "handled_at"]
    list_filter = ["subscriber"]
    show_full_result_count = False
    ordering = ["-handled_at"]
