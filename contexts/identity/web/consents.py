"""Agreeing to our terms, and optional purposes, on pages."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from contexts.identity import api, queries
from contexts.identity.web import asking
from contexts.shared.http.problems import message_of
from contexts.shared.kernel import DomainError, now

_signed_in = login_required(login_url="account-sign-in")


def purpose_fields() -> dict[str, forms.BooleanField]:
    """Return a box for each optional purpose. None is ever checked for the person."""
    return {
        purpose: forms.BooleanField(label=str(text), required=False)
        for purpose, text in queries.TEXTS.items()
    }


class ConsentsForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(purpose_fields())


def consents_form(person_id: UUID) -> ConsentsForm:
    """Return the form with a person's present answers."""
    answers = queries.consents_of(person_id)
    return ConsentsForm(initial={one.purpose: one.granted for one in answers})


@never_cache
@require_http_methods(["GET", "POST"])
@_signed_in
def agree(request: HttpRequest) -> HttpResponse:
    """Ask a signed-in person to agree to the terms in force."""
    if request.method == "GET":
        return _ask(request)
    try:
        api.agree(
            user_id=_id(request),
            version=request.POST.get("version", "")[:40],
            face="page",
            language=get_language() or "en",
            now=now(),
        )
    except DomainError as error:
        return _ask(request, error=message_of(error), status=422)
    return _go_on(request)


def _ask(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    needed = queries.agreements_needed(_id(request), now=now())
    if not needed:
        return _go_on(request)
    context = {"needed": needed[0], "next": _next(request), "error": error}
    return render(request, "identity/agree.html", context, status=status)


def _go_on(request: HttpRequest) -> HttpResponse:
    asking.stop(request)
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else "/account/"


def _id(request: HttpRequest) -> UUID:
    user: Any = request.user
    return UUID(str(user.pk))
