"""Pages behind mailed links. Mail scanners open links, so only the button acts."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from contexts.identity import api
from contexts.identity.web.account_forms import NewPasswordForm, OwnPasswordForm
from contexts.shared.http.problems import message_of
from contexts.shared.kernel import DomainError, now


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an address."""
    form = None
    try:
        if api.link_asks_password(token=token):
            form = OwnPasswordForm(request.POST if request.method == "POST" else None)
        if request.method == "GET" or (form and not form.is_valid()):
            return _page(request, "verify", form=form, status=_status(form))
        password = form.cleaned_data["password"] if form else ""
        api.verify_address(token=token, password=password, now=now())
    except api.InvalidLink as error:
        return _page(request, "verify", error=error, dead=True, status=422)
    except api.WeakPassword as error:
        return _page(request, "verify", form=form, error=error, status=422)
    return _page(request, "verify", done=True)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password."""
    form = NewPasswordForm(request.POST or None)
    try:
        api.check_reset_link(token=token)
        if not form.is_valid():
            return _page(request, "reset", form=form, status=_status(form))
        api.reset_password(token=token, password=form.cleaned_data["password"], now=now())
    except api.InvalidLink as error:
        return _page(request, "reset", error=error, dead=True, status=422)
    except api.WeakPassword as error:
        return _page(request, "reset", form=form, error=error, status=422)
    return _page(request, "reset", done=True)


@never_cache
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a new address."""
    try:
        if request.method == "GET":
            api.check_address_link(token=token, now=now())
            return _page(request, "address")
        api.confirm_address(token=token, now=now())
    except (api.InvalidLink, api.AddressTaken) as error:
        return _page(request, "address", error=error, dead=True, status=422)
    return _page(request, "address", done=True)


def _status(form: forms.Form | None) -> int:
    return 422 if form and form.is_bound else 200


def _page(
    request: HttpRequest,
    name: str,
    *,
    status: int = 200,
    done: bool = False,
    dead: bool = False,
    error: DomainError | None = None,
    form: forms.Form | None = None,
) -> HttpResponse:
    message = message_of(error) if error else ""
    context = {"done": done, "dead": dead, "error": message, "form": form}
    return render(request, f"identity/{name}.html", context, status=status)
