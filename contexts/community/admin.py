from django.contrib import admin

from contexts.community.models import Member
from contexts.shared.database.admin import ReadOnlyAdmin


@admin.register(Member)
class MemberAdmin(ReadOnlyAdmin):
    list_display = ["display_name", "id", "lessons_completed", "last_learned_at"]
    search_fields = ["=id", "display_name__startswith"]
