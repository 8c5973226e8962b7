"""Sessions over REST: sign-in, refresh and sign-out."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.identity.rest.accounts import Address, Password
from contexts.identity.rest.open import OpenView
from contexts.shared.http.clients import client_of
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import new_id, now

_TokenPair = serializer_of(api.TokenPair)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    email: Address
    password: Password
    device_token: Annotated[str, MaxLen(600), "From an earlier sign-in on this device."] = ""
    code: Annotated[
        str,
        MaxLen(40),
        "Of the authenticator app, or a recovery code. Without it, roles of staff do not count.",
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    refresh_token: Annotated[str, MaxLen(200)]


class SignInView(OpenView):
    """Open a session on this device."""

    operations = {"POST": "sign_in"}
    serializer_class = body_of(SignIn)
    # Limited by identity together with all other doors that take a password.
    throttle_classes = []

    @extend_schema(responses={200: serializer_of(api.SignedIn)})
    @refuses(api.WrongCredentials, api.AddressNotVerified, api.Suspended, api.WrongCode)
    def post(self, request: Request) -> Response:
        body = self.body(request)
        client = client_of(request._request, device=body.pop("device_token"))
        return Response(api.sign_in(session_id=new_id(), client=client, now=now(), **body))


class RefreshView(OpenView):
    """Exchange a refresh token for new tokens.

    The same token gets the same new one for half a minute. Sent later again, it ends the session.
    """

    operations = {"POST": "refresh_session"}
    serializer_class = body_of(Refresh)

    @extend_schema(responses={200: _TokenPair})
    @refuses(api.InvalidRefreshToken)
    def post(self, request: Request) -> Response:
        return Response(api.refresh(now=now(), **self.body(request)))


class Sessions(ListView):
    """The devices on which the caller is signed in."""

    operations = {"GET": "list_sessions", "DELETE": "end_other_sessions"}
    serializer_class = serializer_of(queries.OpenSession)
    ordering = ("-created_at", "-id")

    def get_queryset(self) -> Any:
        return queries.open_sessions_of(self.actor.known_id, now=now())

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return [queries.open_session(row, current=self.actor.session_id) for row in page]

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out on all other devices."""
        user_id, this = self.actor.known_id, self.actor.session_id
        api.end_other_sessions(user_id=user_id, but=this, now=now())
        return Response(status=204)


class OneSession(ApiView):
    """One of the caller's devices."""

    operations = {"DELETE": "end_session"}

    @extend_schema(request=None, responses={204: None})
    @refuses(api.SessionNotFound)
    def delete(self, request: Request, session: UUID) -> Response:
        """Sign out on a device."""
        api.end_session(user_id=self.actor.known_id, session_id=session, now=now())
        return Response(status=204)


class SignOut(ApiView):
    """End this session."""

    operations = {"POST": "sign_out"}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        if self.actor.session_id:
            api.sign_out(session_id=self.actor.session_id, now=now())
        return Response(status=204)
