from typing import Any

from django import forms
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import ActionForm


class ReasonForm(ActionForm):
    """An action and why it is taken, for the audit log."""

    reason = forms.CharField(max_length=300, required=False, label="Reason")


class ReadOnlyAdmin(ModelAdmin):
    """Rows that only the code of their context writes. A huge table is not counted first."""

    show_full_result_count = False
    action_form = ReasonForm

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(TabularInline):
    """Read-only rows on the page of their parent, which may itself be editable."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
