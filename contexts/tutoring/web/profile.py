"""The tutor's profile, pause and leaving. A refused change keeps the input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from contexts.shared.http.problems import message_of
from contexts.shared.kernel import DomainError
from contexts.tutoring import api, queries
from contexts.tutoring.web.pages import Visit, page
from contexts.tutoring.web.profile_forms import (
    REASONS,
    PauseForm,
    ProfileForm,
    ResumeForm,
    initial,
)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def profile(visit: Visit) -> HttpResponse:
    """Show the profile, and whether the tutor takes bookings, with a form for each change."""
    name = visit.request.POST.get("change", "")
    if visit.request.method != "POST" or name not in _CHANGES:
        return _show(visit)
    change = _CHANGES[name]
    form = change.form(visit.request.POST, prefix=name)
    if not form.is_valid():
        return _show(visit, status=422, **{name: form})
    try:
        change.act(visit, form)
    except DomainError as refused:
        form.refuse(refused)
        return _show(visit, status=422, **{name: form})
    messages.success(visit.request, str(change.done))
    return redirect("tutoring-profile")


def _show(visit: Visit, *, status: int = 200, **tried: Any) -> HttpResponse:
    application = queries.application(visit.tutor_id)
    fresh = {
        "profile": ProfileForm(prefix="profile", initial=initial(application)),
        "pause": PauseForm(prefix="pause"),
        "resume": ResumeForm(prefix="resume"),
    }
    paused = application.paused
    reason = dict(REASONS)[paused.reason] if paused and paused.reason else ""
    context = {**fresh, **tried, "application": application, "reason": reason}
    return visit.show("profile", status=status, **context)


def _change_profile(visit: Visit, form: Any) -> None:
    introduction = form.cleaned_data["introduction"]
    api.change_tutor_profile(
        tutor_id=visit.tutor_id, languages=form.tags(), introduction=introduction
    )


def _pause(visit: Visit, form: Any) -> None:
    _set(visit, "paused", **form.cleaned_data)


def _resume(visit: Visit, form: Any) -> None:
    _set(visit, "active")


def _set(visit: Visit, state: str, **pause: Any) -> None:
    api.set_tutor_state(tutor_id=visit.tutor_id, state=state, now=visit.now, **pause)


@dataclass(frozen=True, slots=True)
class _Change:
    form: type[Any]
    act: Callable[[Visit, Any], None]
    done: Promise


_CHANGES: Mapping[str, _Change] = {
    "profile": _Change(ProfileForm, _change_profile, _("Your profile is saved.")),
    "pause": _Change(PauseForm, _pause, _("Learners cannot book you now. Booked lessons stay.")),
    "resume": _Change(ResumeForm, _resume, _("Learners can book you again.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@page
def leave(visit: Visit) -> HttpResponse:
    """Ask before a tutor leaves, and say what becomes of the booked lessons."""
    if visit.request.method != "POST":
        lessons = queries.to_come(visit.tutor_id, now=visit.now)
        return visit.show("leave", lessons=lessons)
    try:
        _set(visit, "left")
    except DomainError as refused:
        messages.error(visit.request, message_of(refused))
    else:
        messages.success(visit.request, str(_("You have stopped teaching.")))
    return redirect("tutoring-profile")
