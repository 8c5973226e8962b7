"""Forms of the availability editor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contexts.tutoring import api

_QUARTERS = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 24 * 60 + 1, 15)]
_STARTS = [(clock, clock) for clock in _QUARTERS[:-1]]
_ENDS = [(clock, clock) for clock in _QUARTERS[1:]]
WEEKDAYS = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]


class HoursForm(forms.Form):
    start = forms.ChoiceField(label=_("From"), choices=_STARTS, initial="09:00")
    end = forms.ChoiceField(label=_("To"), choices=_ENDS, initial="12:00")

    def hours(self) -> dict[str, Any]:
        return {"start": self.cleaned_data["start"], "end": self.cleaned_data["end"]}


class RuleForm(HoursForm):
    weekday = forms.TypedChoiceField(label=_("Day"), choices=WEEKDAYS, coerce=int)
    field_order = ["weekday", "start", "end"]

    def rule(self) -> dict[str, Any]:
        return {"weekday": self.cleaned_data["weekday"], **self.hours()}


class DayForm(forms.Form):
    on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))


class ExtraHoursForm(HoursForm, DayForm):
    field_order = ["on", "start", "end"]


class OfferForm(forms.Form):
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=64, help_text=_("For example Europe/Madrid.")
    )
    lesson_minutes = forms.TypedChoiceField(
        label=_("Minutes per lesson"), choices=[(n, n) for n in (30, 45, 60, 90)], coerce=int
    )
    grid_minutes = forms.TypedChoiceField(
        label=_("Minutes between lesson starts"),
        choices=[(n, n) for n in (15, 30, 45, 60, 90)],
        coerce=int,
    )
    notice_minutes = forms.IntegerField(
        label=_("Minimum notice in minutes"), min_value=0, max_value=20_160
    )
    horizon_days = forms.IntegerField(
        label=_("Days ahead open for booking"), min_value=1, max_value=365
    )
    buffer_minutes = forms.TypedChoiceField(
        label=_("Break between lessons in minutes"),
        choices=[(n, n) for n in (0, 15, 30, 45, 60)],
        coerce=int,
    )
    policy = forms.ChoiceField(
        label=_("Policy of new lessons"), choices=[(name, name) for name in api.POLICIES]
    )
