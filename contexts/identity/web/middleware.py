"""The caller of a page. A session without an open row of identity's sessions is signed out."""

from typing import Any
from uuid import UUID

from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from contexts.identity import api
from contexts.identity.web import asking
from contexts.shared.http.clients import DEVICE_COOKIE, client_of
from contexts.shared.http.middleware import PagesOnly
from contexts.shared.kernel import new_id, now

KEY = "identity_session"
_DEVICE = "_device_token"


class PageAuthentication(PagesOnly, AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        remember_device(response, getattr(request, _DEVICE, ""), secure=request.is_secure())
        return response


def remember_device(response: HttpResponse, token: str, *, secure: bool) -> None:
    """Store the token of a device in a cookie, if there is a new one."""
    if token:
        response.set_cookie(
            DEVICE_COOKIE,
            token,
            max_age=api.DEVICE_LIFETIME,
            httponly=True,
            secure=secure,
            samesite="Lax",
        )


def session_of(request: HttpRequest) -> UUID | None:
    """Return the id of a page's session."""
    named = request.session.get(KEY)
    return UUID(named) if named else None


def _user_of(request: HttpRequest) -> Any:
    user: Any = auth.get_user(request)
    if not user.is_authenticated:
        return user
    session_id = session_of(request)
    if session_id and (
        session := api.page_session(session_id=session_id, user_id=user.pk, now=now())
    ):
        user.second_factor_proven = session.proven
        return user
    request.session.flush()
    return AnonymousUser()


def _signed_in(sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
    session_id, client = new_id(), client_of(request)
    api.open_page_session(
        session_id=session_id, user_id=user.pk, user_agent=client.agent, now=now()
    )
    request.session[KEY] = str(session_id)
    asking.ask(request, user)
    setattr(request, _DEVICE, api.token_after_sign_in(client.device, user.pk))


def _refused(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    api.note_refusal(
        email=str(credentials.get("username", "")), reason="page", source="pages", now=now()
    )


def _signed_out(sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
    session_id = session_of(request)
    if session_id:
        api.sign_out(session_id=session_id, now=now())


# Every page that signs a person in or out sends these, whatever its view.
user_logged_in.connect(_signed_in, dispatch_uid="identity.page_sessions")
user_login_failed.connect(_refused, dispatch_uid="identity.page_sessions")
user_logged_out.connect(_signed_out, dispatch_uid="identity.page_sessions")
