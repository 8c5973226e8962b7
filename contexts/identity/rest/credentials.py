"""The caller's password and address over REST."""

from dataclasses import dataclass

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api
from contexts.identity.rest.accounts import Address, Link, Password
from contexts.identity.rest.open import Accepted, OpenView
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassword:
    password: Password
    new_password: Password


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddress:
    email: Address
    password: Password


class ChangePassword(ApiView):
    """The caller's password."""

    operations = {"PUT": "change_password"}
    serializer_class = body_of(NewPassword)

    @extend_schema(responses={204: None})
    @refuses(api.WrongPassword, api.WeakPassword)
    def put(self, request: Request) -> Response:
        """Set a new password. All other sessions end, and a mail tells the owner."""
        api.change_password(
            user_id=self.actor.known_id,
            session_id=self.actor.session_id,
            now=now(),
            **self.body(request),
        )
        return Response(status=204)


class ChangeAddress(ApiView):
    """The caller's address."""

    operations = {"PUT": "request_address_change"}
    serializer_class = body_of(NewAddress)

    @extend_schema(responses={202: serializer_of(Accepted)})
    @refuses(api.WrongPassword, api.InvalidAddress)
    def put(self, request: Request) -> Response:
        """Mail a link to a new address. The old one counts until the link is opened."""
        api.request_address_change(
            user_id=self.actor.known_id,
            session_id=self.actor.session_id,
            now=now(),
            **self.body(request),
        )
        return Response(Accepted(detail="A mail is on its way to the new address."), status=202)


class ConfirmAddress(OpenView):
    """A new address."""

    operations = {"POST": "confirm_address"}
    serializer_class = body_of(Link)

    @extend_schema(responses={204: None})
    @refuses(api.InvalidLink, api.AddressTaken)
    def post(self, request: Request) -> Response:
        """Change the address with the mailed token. Every session ends."""
        api.confirm_address(now=now(), **self.body(request))
        return Response(status=204)
