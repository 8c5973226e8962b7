"""The availability editor: each button makes one change and returns to the page."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from contexts.shared.http.problems import message_of
from contexts.shared.kernel import DomainError
from contexts.tutoring import api, queries
from contexts.tutoring.web.availability_forms import (
    WEEKDAYS,
    DayForm,
    ExtraHoursForm,
    OfferForm,
    RuleForm,
)
from contexts.tutoring.web.pages import Visit, page

_OFFER = (
    "time_zone",
    "lesson_minutes",
    "grid_minutes",
    "notice_minutes",
    "horizon_days",
    "buffer_minutes",
    "policy",
)
Shown = queries.Availability


@require_http_methods(["GET", "HEAD", "POST"])
@page
def hours(visit: Visit) -> HttpResponse:
    """Show the hours with a form for each change. A refused change keeps the input."""
    kept = queries.availability(visit.tutor_id)
    name = visit.request.POST.get("change", "")
    if visit.request.method != "POST" or name not in _CHANGES:
        return _show(visit, kept)
    change = _CHANGES[name]
    form = change.form(visit.request.POST, prefix=name)
    if not form.is_valid():
        return _show(visit, kept, status=422, **{name: form})
    try:
        change.act(visit, kept, form)
    except DomainError as refused:
        form.add_error(None, message_of(refused))
        return _show(visit, kept, status=422, **{name: form})
    messages.success(visit.request, gettext("Saved."))
    return redirect("tutoring-hours")


def _show(visit: Visit, kept: Shown, *, status: int = 200, **tried: forms.Form) -> HttpResponse:
    offer = {name: getattr(kept, name) for name in _OFFER}
    fresh = {
        "rule": RuleForm(prefix="rule"),
        "day_off": DayForm(prefix="day_off"),
        "extra": ExtraHoursForm(prefix="extra"),
        "offer": OfferForm(prefix="offer", initial=offer),
    }
    by_day = [
        (number, name, [rule for rule in kept.rules if rule.weekday == number])
        for number, name in WEEKDAYS
    ]
    context = {**fresh, **tried, "kept": kept, "by_day": by_day}
    return visit.show("hours", status=status, **context)


def _add_rule(visit: Visit, kept: Shown, form: Any) -> None:
    rules = [*map(asdict, kept.rules), form.rule()]
    _set_hours(visit, kept, rules=sorted(rules, key=lambda one: (one["weekday"], one["start"])))


def _drop_rule(visit: Visit, kept: Shown, form: Any) -> None:
    gone = form.rule()
    rules = map(asdict, kept.rules)
    _set_hours(visit, kept, rules=[rule for rule in rules if rule != gone])


def _set_offer(visit: Visit, kept: Shown, form: Any) -> None:
    _set_hours(visit, kept, **form.cleaned_data)


def _set_hours(visit: Visit, kept: Shown, **changes: Any) -> None:
    offer = {name: getattr(kept, name) for name in _OFFER}
    before = {**offer, "rules": [asdict(rule) for rule in kept.rules]}
    api.set_hours(tutor_id=visit.tutor_id, **{**before, **changes})


def _add_day_off(visit: Visit, kept: Shown, form: Any) -> None:
    _override(visit, kept, form, lambda day: {**day, "off": True})


def _add_extra(visit: Visit, kept: Shown, form: Any) -> None:
    added = form.hours()
    _override(visit, kept, form, lambda day: {**day, "hours": [*day["hours"], added]})


def _override(
    visit: Visit, kept: Shown, form: Any, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    on = form.cleaned_data["on"]
    fresh = {"date": on, "off": False, "hours": []}
    day = next((asdict(each) for each in kept.overrides if each.date == on), fresh)
    api.set_overrides(tutor_id=visit.tutor_id, overrides=[*_others(kept, on), change(day)])


def _drop_day(visit: Visit, kept: Shown, form: Any) -> None:
    overrides = _others(kept, form.cleaned_data["on"])
    api.set_overrides(tutor_id=visit.tutor_id, overrides=overrides)


def _others(kept: Shown, on: date) -> list[dict[str, Any]]:
    return [asdict(each) for each in kept.overrides if each.date != on]


@dataclass(frozen=True, slots=True)
class _Change:
    form: type[forms.Form]
    act: Callable[[Visit, Shown, Any], None]


_CHANGES: Mapping[str, _Change] = {
    "rule": _Change(RuleForm, _add_rule),
    "drop_rule": _Change(RuleForm, _drop_rule),
    "day_off": _Change(DayForm, _add_day_off),
    "extra": _Change(ExtraHoursForm, _add_extra),
    "drop_day": _Change(DayForm, _drop_day),
    "offer": _Change(OfferForm, _set_offer),
}
