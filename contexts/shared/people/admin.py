"""Admin pages for the tables of people. Each context registers its own."""

from contexts.shared.database.admin import ReadOnlyAdmin


class KnownPersonAdmin(ReadOnlyAdmin):
    search_fields = ["=id", "display_name__startswith"]


class KnownBlockAdmin(ReadOnlyAdmin):
    list_display = ["blocker_id", "blocked_id"]
    search_fields = ["=blocker_id", "=blocked_id"]
