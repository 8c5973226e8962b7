from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from contexts.shared.database.admin import ReadOnlyAdmin
from contexts.shared.database.aliases import alias_of
from contexts.shared.messaging import upkeep
from contexts.shared.messaging.models import Delivery, InboxEntry, StoredEvent


@admin.register(StoredEvent)
class StoredEventAdmin(ReadOnlyAdmin):
    list_display = ["name", "subject", "occurred_at", "id"]
    search_fields = ["=subject", "=name"]
    ordering = ["-id"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
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
class InboxEntryAdmin(ReadOnlyAdmin):
    list_display = ["subscriber", "event_id", "handled_at"]
    list_filter = ["subscriber"]
    ordering = ["-handled_at"]
