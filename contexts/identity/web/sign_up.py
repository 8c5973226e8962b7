"""The page on which a person makes an account."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from rest_framework.exceptions import APIException

from contexts.identity import api, queries
from contexts.identity.web.consents import purpose_fields
from contexts.shared.http.problems import headers_of, message_of
from contexts.shared.http.throttling import spend
from contexts.shared.kernel import DomainError, new_id, now

_FIELDS = {
    "invalid_address": "email",
    "weak_password": "password",
    "terms_not_agreed": "agreed",
    "terms_not_current": "agreed",
}


class SignUpForm(forms.Form):
    """An address, a password, the terms, and the optional purposes with nothing selected."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Ten characters or more."),
        max_length=128,
        strip=False,
        # Shown again after a mistake elsewhere. No cache stores the page.
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )
    agreed = forms.BooleanField(
        label=_("I have read the terms of use and agree to them."),
        error_messages={"required": _("Agree to the terms of use to make an account.")},
    )
    agreed_terms = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(purpose_fields())

    @property
    def version(self) -> Any:
        return self["agreed_terms"]

    @property
    def purposes(self) -> list[Any]:
        return [self[name] for name in queries.TEXTS]

    def refuse(self, error: DomainError) -> None:
        """Show an error at the field that it is about."""
        if isinstance(error, api.TermsNotCurrent | api.TermsNotAgreed):
            # The person agreed to another text, or to none.
            self.data = {name: value for name, value in self.data.items() if name != "agreed"}
        self.add_error(_FIELDS.get(error.code), message_of(error))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    if request.method == "GET":
        return _page(request, SignUpForm())
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        spend(request, scope="mail", account=form.cleaned_data["email"])
        _register(form)
    except DomainError as error:
        form.refuse(error)
        return _page(request, form, status=422)
    except APIException as refused:
        form.add_error(None, str(refused.detail))
        return _page(request, form, status=refused.status_code, headers=headers_of(refused))
    return render(request, "identity/sign_up.html", {"done": True})


def _register(form: SignUpForm) -> None:
    data = form.cleaned_data
    api.register(
        user_id=new_id(),
        email=data["email"],
        password=data["password"],
        interface_language=get_language() or "en",
        agreed_terms=data["agreed_terms"],
        consents=[name for name in queries.TEXTS if data[name]],
        face="page",
        now=now(),
    )


def _page(
    request: HttpRequest,
    form: SignUpForm,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    version = queries.current_document("terms", now=now()).version
    context = {"form": form, "version": version}
    response = render(request, "identity/sign_up.html", context, status=status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response
