from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _password(label: Any, *, is_new: bool = False) -> forms.CharField:
    """Return a field for a password that was set before, or is set now."""
    kind = "new-password" if is_new else "current-password"
    return forms.CharField(
        label=label,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )


class NewPasswordForm(forms.Form):
    password = _password(_("New password"), is_new=True)


class OwnPasswordForm(forms.Form):
    """Asks for the password that the person chose at sign-up."""

    password = _password(_("Your password"))


class ChangePasswordForm(forms.Form):
    password = _password(_("Present password"))
    new_password = _password(_("New password"), is_new=True)


class ChangeAddressForm(forms.Form):
    email = forms.EmailField(label=_("New address"), max_length=254)
    password = _password(_("Your password"))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of your app, or a recovery code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class EnrollmentForm(forms.Form):
    sealed = forms.CharField(max_length=500, widget=forms.HiddenInput)
    password = _password(_("New password"), is_new=True)
    code = forms.CharField(
        label=_("Code that your app shows"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )
