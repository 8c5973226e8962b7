"""The page that asks the staff for a code, between signing in and the admin."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from rest_framework.exceptions import APIException

from contexts.identity import api, queries
from contexts.identity.web.account_forms import CodeForm
from contexts.identity.web.middleware import session_of
from contexts.shared.http.clients import client_of
from contexts.shared.http.problems import headers_of, message_of
from contexts.shared.kernel import DomainError, now

_NEXT = "next"
_FEW = 3


def admits(request: HttpRequest) -> bool:
    """Whether the session of a page has the powers of its person's roles."""
    user: Any = request.user
    # The admin asks several times for a page.
    if not hasattr(user, "_admitted"):
        proven = getattr(user, "second_factor_proven", False)
        user._admitted = api.is_admitted(user_id=user.pk, proven=proven)
    return bool(user._admitted)


def is_asked(request: HttpRequest) -> bool:
    """Whether the caller is staff who must prove a second factor first."""
    user: Any = request.user
    return bool(user.is_active and user.is_staff and not admits(request))


def detour(request: HttpRequest) -> HttpResponse:
    """Return the way to the page that asks for a code. It leads back to the page asked for."""
    return redirect(f"{reverse('second-factor')}?{urlencode({_NEXT: _next(request)})}")


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a code."""
    if not is_asked(request):
        return redirect(_next(request))
    user: Any = request.user
    if queries.second_factor(user.pk) is None:
        return _page(request, missing=True, status=403)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form=form, status=422 if form.is_bound else 200)
    try:
        kind = api.prove(
            user_id=user.pk,
            session_id=session_of(request),
            client=client_of(request),
            now=now(),
            **form.cleaned_data,
        )
    except DomainError as error:
        return _page(request, form=form, error=message_of(error), status=422)
    except APIException as refused:
        return _refused(request, form, refused)
    # The session is worth more now: an address of before must not name it.
    request.session.cycle_key()
    if kind != "totp":
        _say_how_many_are_left(request)
    return redirect(_next(request))


def _refused(request: HttpRequest, form: CodeForm, refused: APIException) -> HttpResponse:
    page = _page(request, form=form, error=str(refused.detail), status=refused.status_code)
    for name, value in headers_of(refused).items():
        page[name] = value
    return page


def _say_how_many_are_left(request: HttpRequest) -> None:
    user: Any = request.user
    factor = queries.second_factor(user.pk)
    left = factor.recovery_codes_left if factor else 0
    text = gettext("Recovery codes left: %(left)d.") % {"left": left}
    if left <= _FEW:
        text += " " + gettext("Make new ones on the page of your account.")
    messages.add_message(request, messages.WARNING if left <= _FEW else messages.INFO, text)


def _next(request: HttpRequest) -> str:
    """Return the page that was asked for, if it is one of ours."""
    wanted = request.POST.get(_NEXT) or request.GET.get(_NEXT) or ""
    hosts = {request.get_host()}
    ours = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else reverse("admin:index")


def _page(request: HttpRequest, *, status: int, **facts: Any) -> HttpResponse:
    user: Any = request.user
    context = {"factor": queries.second_factor(user.pk), "next": _next(request), **facts}
    return render(request, "identity/second_factor.html", context, status=status)
