"""Mail for staff. Each database has its own; a filter chooses one."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from contexts.shared.mailing import upkeep
from contexts.shared.mailing.models import Mail
from contexts.shared.messaging.admin import DatabaseFilter, PipelineAdmin


@admin.register(Mail)
class MailAdmin(PipelineAdmin):
    list_display = ["template", "context", "person_id", "state", "attempts", "posted_at", "sent_at"]
    list_filter = [DatabaseFilter, "state", "context"]
    search_fields = ["=person_id"]
    actions = ["send_again"]
    ordering = ["-posted_at"]

    @admin.action(description="Send failed mails again", permissions=["view"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Mail]) -> None:
        ids = list(chosen.values_list("pk", flat=True))
        count = upkeep.send_again(using=chosen.db, ids=ids)
        self.message_user(request, f"{count} mails will be sent again.")
