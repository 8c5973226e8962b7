"""The tables of people for staff; each context shows its own."""

from contexts.shared.database.admin import ReadOnlyAdmin


class KnownPersonAdmin(ReadOnlyAdmin):
    search_fields = ["=id", "display_name__startswith"]


class KnownBlockAdmin(ReadOnlyAdmin):
    list_display = ["blocker_id", "blocked_id"]
    search_fields = ["=blocker_id", "=blocked_id"]
