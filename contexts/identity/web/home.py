"""The page of a person's account: devices, password and address."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from rest_framework.exceptions import APIException

from contexts.identity import api, queries
from contexts.identity.web.account_forms import ChangeAddressForm, ChangePasswordForm, CodeForm
from contexts.identity.web.consents import ConsentsForm, consents_form
from contexts.identity.web.middleware import session_of
from contexts.shared.http.clients import client_of
from contexts.shared.http.problems import message_of
from contexts.shared.http.sign_in import LimitedForm, limited_response
from contexts.shared.kernel import DomainError, new_id, now

_signed_in = login_required(login_url="account-sign-in")


class SignInForm(LimitedForm, AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = self.fields["username"]
        address.label = _("E-mail address")
        address.widget.input_type = "email"


class SignIn(LoginView):
    """Sign-in page. Shares the limits of the API's sign-in."""

    template_name = "identity/sign_in.html"
    authentication_form = SignInForm
    next_page = "account"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return limited_response(super().post(request, *args, **kwargs))


@never_cache
@require_http_methods(["GET"])
@_signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show the account."""
    return _page(request)


@sensitive_post_parameters("password", "new_password")
@require_POST
@_signed_in
def password(request: HttpRequest) -> HttpResponse:
    """Set a new password."""
    form = ChangePasswordForm(request.POST)

    def change(user_id: UUID) -> None:
        api.change_password(
            user_id=user_id,
            session_id=session_of(request),
            now=now(),
            **form.cleaned_data,
        )

    done = gettext("Your new password is set. You were signed out on all other devices.")
    return _changed(request, form, change, done=done, name="password_form")


@sensitive_post_parameters("password")
@require_POST
@_signed_in
def address(request: HttpRequest) -> HttpResponse:
    """Mail a link to a new address."""
    form = ChangeAddressForm(request.POST, auto_id="address_%s")

    def change(user_id: UUID) -> None:
        api.request_address_change(
            user_id=user_id, session_id=session_of(request), now=now(), **form.cleaned_data
        )

    done = gettext("Open the link in the mail to your new address. Until then, the old one counts.")
    return _changed(request, form, change, done=done, name="address_form")


@require_POST
@_signed_in
def end_session(request: HttpRequest, session: UUID) -> HttpResponse:
    """Sign out on one device."""
    try:
        api.end_session(user_id=_id(request), session_id=session, now=now())
    except api.SessionNotFound as error:
        return _page(request, error=message_of(error), status=404)
    return redirect("account")


@require_POST
@_signed_in
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out on all other devices."""
    api.end_other_sessions(user_id=_id(request), but=session_of(request), now=now())
    return redirect("account")


@never_cache
@sensitive_post_parameters("code")
@require_POST
@_signed_in
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them once."""

    def renew() -> HttpResponse:
        codes = api.renew_recovery_codes(user_id=_id(request), now=now())
        return render(request, "identity/recovery_codes.html", {"codes": codes})

    return _proven(request, renew)


@never_cache
@sensitive_post_parameters("code")
@require_POST
@_signed_in
def another_phone(request: HttpRequest) -> HttpResponse:
    """Lead to a new enrollment."""

    def renew() -> HttpResponse:
        token = api.renew_enrollment(user_id=_id(request), now=now())
        return redirect("enroll-page", token=token)

    return _proven(request, renew)


def _proven(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Ask for a code of the second factor, then act."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, code_form=form)
    try:
        api.prove(
            user_id=_id(request),
            session_id=session_of(request),
            client=client_of(request),
            now=now(),
            **form.cleaned_data,
        )
        # The session is worth more now: a cookie of before must not name it.
        request.session.cycle_key()
        return act()
    except DomainError as error:
        return _page(request, error=message_of(error), status=422)
    except APIException as refused:
        return _page(request, error=str(refused.detail), status=refused.status_code)


@require_POST
@_signed_in
def consents(request: HttpRequest) -> HttpResponse:
    """Store the answers about optional purposes. A box that is not checked is a no."""
    form = ConsentsForm(request.POST)
    form.is_valid()
    api.set_consents(
        user_id=_id(request),
        granted={purpose: form.cleaned_data[purpose] for purpose in queries.TEXTS},
        face="page",
        language=get_language() or "en",
        now=now(),
    )
    return _page(request, done=gettext("Your choices are saved."))


@require_POST
@_signed_in
def request_export(request: HttpRequest) -> HttpResponse:
    """Ask for the person's own data."""
    api.request_export(export_id=new_id(), user_id=_id(request), now=now())
    return redirect("account")


@require_http_methods(["GET"])
def export(request: HttpRequest, token: str) -> HttpResponse:
    """Download the person's own data. The link is the secret."""
    try:
        archive = api.archive_of(token=token, now=now())
    except api.NoExport as error:
        problem = {"status": 404, "detail": message_of(error)}
        return render(request, "problem.html", {"problem": problem}, status=404)
    response = HttpResponse(archive, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="busuu-open-data.zip"'
    response["Cache-Control"] = "no-store"
    return response


def _changed(
    request: HttpRequest, form: forms.Form, change: Any, *, done: str, name: str
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, status=422, **{name: form})
    try:
        change(_id(request))
    except DomainError as error:
        return _page(request, error=message_of(error), status=422)
    except APIException as refused:
        return _page(request, error=str(refused.detail), status=refused.status_code)
    return _page(request, done=done)


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    this, rows = session_of(request), queries.open_sessions_of(_id(request), now=now())
    context = {
        "sessions": [queries.open_session(row, current=this) for row in rows.order_by("-pk")[:50]],
        "export": queries.data_export(_id(request), now=now()),
        "factor": queries.second_factor(_id(request)),
        "code_form": CodeForm(),
        "agreements": queries.agreements_of(_id(request)).order_by("-at")[:20],
        "consents_form": consents_form(_id(request)),
        "password_form": ChangePasswordForm(),
        # Both forms ask for the password: their fields need ids of their own.
        "address_form": ChangeAddressForm(auto_id="address_%s"),
        **more,
    }
    return render(request, "identity/home.html", context, status=status)


def _id(request: HttpRequest) -> UUID:
    user: Any = request.user
    return UUID(str(user.pk))
