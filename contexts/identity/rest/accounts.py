"""Accounts over REST: registration, verification and forgotten passwords."""

from dataclasses import dataclass, field
from typing import Annotated

from annotated_types import MaxLen, MinLen
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.identity.rest.open import Accepted, MailView, OpenView
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.kernel import new_id, now
from contexts.shared.kernel.shapes import VERBATIM, Format

Address = Annotated[str, Format("email"), MaxLen(254)]
# Long enough for a passphrase, short enough that hashing it stays cheap.
Password = Annotated[str, MinLen(1), MaxLen(128), VERBATIM]
_Accepted = serializer_of(Accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    email: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    email: Address
    password: Password
    interface_language: queries.InterfaceLanguage = "en"
    agreed_terms: Annotated[
        str,
        MaxLen(40),
        "The version of our terms that the person saw and agreed to; see `GET /legal`. Without "
        "the version in force nobody can register.",
    ] = ""
    consents: Annotated[
        list[queries.Purpose],
        MaxLen(20),
        "Optional purposes that the person allowed. Ask for each apart from the terms, and "
        "select none for the person.",
    ] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    token: Annotated[str, MaxLen(200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify(Link):
    password: Annotated[
        str,
        MaxLen(128),
        VERBATIM,
        "The password that the person types when they open the link. It counts instead of the "
        "one of the newest registration, which somebody else may have sent.",
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset(Link):
    password: Password


class RegisterView(MailView):
    """Ask for an account. The link in the mail confirms it."""

    operations = {"POST": "register"}
    serializer_class = body_of(Register)

    @extend_schema(responses={202: _Accepted})
    @refuses(api.InvalidAddress, api.WeakPassword, api.TermsNotAgreed, api.TermsNotCurrent)
    def post(self, request: Request) -> Response:
        api.register(
            user_id=new_id(),
            face="rest",
            language=get_language() or "en",
            now=now(),
            **self.body(request),
        )
        return self.accepted()


class ResendVerification(MailView):
    """Ask for the verification mail once more."""

    operations = {"POST": "resend_verification"}
    serializer_class = body_of(Email)

    @extend_schema(responses={202: _Accepted})
    def post(self, request: Request) -> Response:
        api.resend_verification(now=now(), **self.body(request))
        return self.accepted()


class VerifyAddress(OpenView):
    """Confirm an address with the mailed token, and better with the person's password, too."""

    operations = {"POST": "verify_address"}
    serializer_class = body_of(Verify)

    @extend_schema(responses={204: None})
    @refuses(api.InvalidLink, api.WeakPassword)
    def post(self, request: Request) -> Response:
        api.verify_address(now=now(), **self.body(request))
        return Response(status=204)


class RequestReset(MailView):
    """Ask for a link that sets a new password."""

    operations = {"POST": "request_password_reset"}
    serializer_class = body_of(Email)

    @extend_schema(responses={202: _Accepted})
    def post(self, request: Request) -> Response:
        api.request_password_reset(now=now(), **self.body(request))
        return self.accepted()


class ResetPassword(OpenView):
    """Set a new password with the mailed token. Every session ends."""

    operations = {"POST": "reset_password"}
    serializer_class = body_of(Reset)

    @extend_schema(responses={204: None})
    @refuses(api.InvalidLink, api.WeakPassword)
    def post(self, request: Request) -> Response:
        api.reset_password(now=now(), **self.body(request))
        return Response(status=204)
