"""The admin site: every act in it leaves an entry, whatever class of the admin it belongs to."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from unfold.sites import UnfoldAdminSite

from contexts.shared.audit.models import AuditEntry
from contexts.shared.audit.recording import record
from contexts.shared.audit.snapshots import changes, snapshot
from contexts.shared.kernel import now

_MOST_ROWS = 1_000
_NAME_CHARACTERS = 40
_SAID_NO = 400
View = Callable[..., HttpResponse]


@cache
def _gate(path: str) -> Callable[[HttpRequest], bool]:
    gate: Callable[[HttpRequest], bool] = import_string(path)
    return gate


class UnknownRow(SuspiciousOperation):
    """A posted id is not one of this table."""


class AuditedSite(UnfoldAdminSite):  # type: ignore[misc]
    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the caller is staff and their session has what the setting STAFF_GATE asks."""
        return bool(super().has_permission(request) and _gate(settings.STAFF_GATE)(request))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Return the view behind the sign-in; what it changes is recorded."""
        shown: View = super().admin_view(view, cacheable)

        @wraps(shown)
        def audited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            model_admin = getattr(view, "__self__", None)
            if request.method != "POST" or not hasattr(model_admin, "model"):
                return shown(request, *args, **kwargs)
            if not self.has_permission(request):
                _record_shut_out(request, model_admin)
                return shown(request, *args, **kwargs)
            act = _Act(request, model_admin, kwargs.get("object_id"))
            return act.through(lambda: shown(request, *args, **kwargs))

        return audited


def _record_shut_out(request: HttpRequest, model_admin: Any) -> None:
    """Record that staff without proof tried to act: one entry, whatever they posted.

    Nothing of others, since anybody could fill the log.
    """
    user: Any = request.user
    if user.is_authenticated and user.is_staff:
        table = _table_of(model_admin)
        record(
            f"admin.{table}.{_act_name(request)}",
            source="admin",
            at=now(),
            actor_id=user.pk,
            subject=table,
            outcome=AuditEntry.Outcome.REFUSED,
        )


def _table_of(model_admin: Any) -> str:
    meta = model_admin.model._meta
    return f"{meta.app_label}.{meta.model_name}"


def _act_name(request: HttpRequest) -> str:
    match = request.resolver_match
    page = (match.url_name or "").rpartition("_")[2] if match else ""
    action = request.POST.get("action", "")[:_NAME_CHARACTERS]
    return action if page == "changelist" else page


class _Act:
    """A POST of a member of the staff."""

    def __init__(self, request: HttpRequest, model_admin: Any, object_id: str | None) -> None:
        self._request = request
        self._admin = model_admin
        self._table = _table_of(model_admin)
        self._keys = self._posted_keys(object_id)
        self._before = self._rows()

    def through(self, act: Callable[[], HttpResponse]) -> HttpResponse:
        """Do it, and record what became of it."""
        try:
            response = act()
        except PermissionDenied:
            self._record(AuditEntry.Outcome.REFUSED)
            raise
        except Exception:
            self._record(AuditEntry.Outcome.FAILED)
            raise
        refused = response.status_code >= _SAID_NO or not self._is_offered()
        if refused or self._is_done(response):
            self._record(AuditEntry.Outcome.REFUSED if refused else AuditEntry.Outcome.DONE)
        return response

    def _is_offered(self) -> bool:
        """Whether the caller may choose the action of a list, if one was posted."""
        action = self._request.POST.get("action")
        return not action or action in self._admin.get_actions(self._request)

    def _is_done(self, response: HttpResponse) -> bool:
        # A form with faults is shown again with 200, and so is a page that asks to confirm.
        return response.status_code in {302, 303} and self._request.user.is_authenticated

    def _posted_keys(self, object_id: str | None) -> list[Any]:
        posted = self._request.POST.getlist("_selected_action")[:_MOST_ROWS]
        named = posted or ([unquote(object_id)] if object_id else [])
        key = self._admin.model._meta.pk
        try:
            keys = [key.to_python(one) for one in named]
            for one in keys:
                key.run_validators(one)
        except ValidationError as error:
            raise UnknownRow(str(error)) from error
        return keys

    def _rows(self) -> dict[Any, Model]:
        rows: dict[Any, Model] = self._admin.get_queryset(self._request).in_bulk(self._keys)
        return rows

    def _record(self, outcome: str) -> None:
        after = self._rows()
        # An addition has no key yet.
        for key in self._keys or [None]:
            one, other = changes(snapshot(self._before.get(key)), snapshot(after.get(key)))
            record(
                f"admin.{self._table}.{_act_name(self._request)}",
                source="admin",
                at=now(),
                actor_id=getattr(self._request.user, "pk", None),
                subject=f"{self._table}:{key}" if key is not None else self._table,
                before=one,
                after=other,
                reason=self._request.POST.get("reason", ""),
                outcome=outcome,
            )
