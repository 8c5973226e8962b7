"""Forms of a tutor's profile and pause."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contexts.shared.http.problems import message_of
from contexts.shared.kernel import DomainError, UnknownLanguage
from contexts.tutoring import api

REASONS = [
    ("", _("I do not want to say")),
    ("holiday", _("Holiday")),
    ("busy", _("Too much to do")),
    ("personal", _("Personal")),
    ("other", _("Another reason")),
]
_OF_LANGUAGES = (api.LanguagesMissing, UnknownLanguage)
_OF_INTRODUCTION = (api.IntroductionTooLong, api.ContactDetails)


class ProfileForm(forms.Form):
    introduction = forms.CharField(
        label=_("Introduction"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 40}),
        help_text=_("Learners read it. No addresses, links or phone numbers."),
    )
    languages = forms.CharField(
        label=_("Languages that you teach"),
        max_length=400,
        help_text=_("Codes with commas between them, for example es, en-GB."),
    )

    def tags(self) -> list[str]:
        return [tag for tag in re.split(r"[,;\s]+", self.cleaned_data["languages"]) if tag]

    def refuse(self, error: DomainError) -> None:
        """Show an error at the field that it is about."""
        field = "languages" if isinstance(error, _OF_LANGUAGES) else None
        field = "introduction" if isinstance(error, _OF_INTRODUCTION) else field
        self.add_error(field, message_of(error))


class PauseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS, required=False)
    until = forms.DateField(
        label=_("Back on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("From that day on you take bookings again. Empty: until you say so."),
    )

    def refuse(self, error: DomainError) -> None:
        """Show an error at the field that it is about."""
        self.add_error("until" if isinstance(error, api.PauseDay) else None, message_of(error))


class ResumeForm(forms.Form):
    def refuse(self, error: DomainError) -> None:
        self.add_error(None, message_of(error))


def initial(application: Any) -> dict[str, str]:
    """Return the present values of the profile form."""
    return {
        "introduction": application.introduction,
        "languages": ", ".join(application.languages),
    }
