"""Pages behind mailed links. Mail scanners open links, so only the button acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from contexts.identity import api
from contexts.identity.web.account_forms import NewPasswordForm
from contexts.shared.http.problems import message_of
from contexts.shared.kernel import DomainError, now


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an address."""
    if request.method == "GET":
        return _page(request, "verify")
    try:
        api.verify_address(token=token, now=now())
    except api.InvalidLink as error:
        return _page(request, "verify", error=error, status=422)
    return _page(request, "verify", done=True)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password."""
    form = NewPasswordForm(request.POST or None)
    if not form.is_valid():
        return _page(request, "reset", form=form, status=422 if form.is_bound else 200)
    try:
        api.reset_password(token=token, password=form.cleaned_data["password"], now=now())
    except (api.InvalidLink, api.WeakPassword) as error:
        return _page(request, "reset", form=form, error=error, status=422)
    return _page(request, "reset", done=True)


def _page(
    request: HttpRequest,
    name: str,
    *,
    status: int = 200,
    done: bool = False,
    error: DomainError | None = None,
    form: NewPasswordForm | None = None,
) -> HttpResponse:
    context = {"done": done, "error": message_of(error) if error else "", "form": form}
    return render(request, f"identity/{name}.html", context, status=status)
