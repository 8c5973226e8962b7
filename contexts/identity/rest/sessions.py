"""Sessions over REST: sign-in, refresh and sign-out."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api
from contexts.identity.rest.accounts import Address, Password
from contexts.identity.rest.open import OpenView
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import new_id, now

_TokenPair = serializer_of(api.TokenPair)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    email: Address
    password: Password


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    refresh_token: Annotated[str, MaxLen(200)]


class SignInView(OpenView):
    """Open a session on this device."""

    operations = {"POST": "sign_in"}
    serializer_class = body_of(SignIn)

    @extend_schema(responses={200: _TokenPair})
    @refuses(api.WrongCredentials, api.AddressNotVerified)
    def post(self, request: Request) -> Response:
        agent = request.headers.get("User-Agent", "")
        pair = api.sign_in(session_id=new_id(), user_agent=agent, now=now(), **self.body(request))
        return Response(pair)


class RefreshView(OpenView):
    """Exchange a refresh token for new tokens. It works once; a second use ends the session."""

    operations = {"POST": "refresh_session"}
    serializer_class = body_of(Refresh)

    @extend_schema(responses={200: _TokenPair})
    @refuses(api.InvalidRefreshToken)
    def post(self, request: Request) -> Response:
        return Response(api.refresh(now=now(), **self.body(request)))


class SignOut(ApiView):
    """End this session."""

    operations = {"POST": "sign_out"}

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        if self.actor.session_id:
            api.sign_out(session_id=self.actor.session_id, now=now())
        return Response(status=204)
