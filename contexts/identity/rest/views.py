"""Accounts and profiles over REST: thin views over the context's door."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.identity.rest import serializers
from contexts.shared.http.refusals import refuses
from contexts.shared.http.throttling import AccountThrottle, AddressThrottle
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import UnknownLanguage, new_id, now

_ACCEPTED = {"detail": "If this can be done, a mail is on its way."}


class OpenView(ApiView):
    """For strangers, and limited for them."""

    permission_classes = [AllowAny]
    authentication_classes = []
    throttle_classes = [AddressThrottle, AccountThrottle]
    throttle_scope = "credentials"


class MailView(OpenView):
    """Answers the same to everybody; whoever has the address learns more by mail."""

    throttle_scope = "mail"

    def accepted(self) -> Response:
        return Response(_ACCEPTED, status=202)


class Register(MailView):
    """Ask for an account; the link in the mail makes it yours."""

    operations = {"POST": "register"}
    serializer_class = serializers.RegisterSerializer

    @extend_schema(responses={202: serializers.AcceptedSerializer})
    @refuses(api.InvalidAddress, api.WeakPassword)
    def post(self, request: Request) -> Response:
        api.register(user_id=new_id(), now=now(), **self.body(request))
        return self.accepted()


class ResendVerification(MailView):
    """Ask for the verification mail once more."""

    operations = {"POST": "resend_verification"}
    serializer_class = serializers.EmailSerializer

    @extend_schema(responses={202: serializers.AcceptedSerializer})
    def post(self, request: Request) -> Response:
        api.resend_verification(now=now(), **self.body(request))
        return self.accepted()


class VerifyAddress(OpenView):
    """Show, with the mailed token, that the address is yours."""

    operations = {"POST": "verify_address"}
    serializer_class = serializers.LinkSerializer

    @extend_schema(responses={204: None})
    @refuses(api.InvalidLink)
    def post(self, request: Request) -> Response:
        api.verify_address(now=now(), **self.body(request))
        return Response(status=204)


class SignIn(OpenView):
    """Open a session on this device."""

    operations = {"POST": "sign_in"}
    serializer_class = serializers.SignInSerializer

    @extend_schema(responses={200: serializers.TokenPairSerializer})
    @refuses(api.WrongCredentials, api.AddressNotVerified)
    def post(self, request: Request) -> Response:
        agent = request.headers.get("User-Agent", "")
        pair = api.sign_in(session_id=new_id(), user_agent=agent, now=now(), **self.body(request))
        return Response(pair)


class Refresh(OpenView):
    """New tokens for old. A refresh token works once; used again, it ends the session."""

    operations = {"POST": "refresh_session"}
    serializer_class = serializers.RefreshSerializer

    @extend_schema(responses={200: serializers.TokenPairSerializer})
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


class RequestReset(MailView):
    """Ask for a link that sets a new password."""

    operations = {"POST": "request_password_reset"}
    serializer_class = serializers.EmailSerializer

    @extend_schema(responses={202: serializers.AcceptedSerializer})
    def post(self, request: Request) -> Response:
        api.request_password_reset(now=now(), **self.body(request))
        return self.accepted()


class ResetPassword(OpenView):
    """Set a new password with the mailed token; every session ends."""

    operations = {"POST": "reset_password"}
    serializer_class = serializers.ResetSerializer

    @extend_schema(responses={204: None})
    @refuses(api.InvalidLink, api.WeakPassword)
    def post(self, request: Request) -> Response:
        api.reset_password(now=now(), **self.body(request))
        return Response(status=204)


class Me(ApiView):
    """The caller's own profile."""

    operations = {"GET": "get_profile", "PATCH": "change_profile"}
    serializer_class = serializers.ProfileSerializer

    def get(self, request: Request) -> Response:
        return Response(queries.profile(self.actor.known_id, roles=self.actor.roles))

    @refuses(api.MalformedName, api.UnknownCountry, api.UnknownTimeZone)
    def patch(self, request: Request) -> Response:
        """Change what is named, leave the rest."""
        given = serializers.ProfileSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        api.change_profile(user_id=self.actor.known_id, changes=given.validated_data, now=now())
        return self.get(request)


class MyLanguages(ApiView):
    """The languages that the caller speaks natively and studies."""

    operations = {"PUT": "set_languages"}
    serializer_class = serializers.LanguagesSerializer

    @extend_schema(responses={200: serializers.ProfileSerializer})
    @refuses(UnknownLanguage, api.LanguageNamedTwice, api.TooManyLanguages)
    def put(self, request: Request) -> Response:
        said: dict[str, Any] = self.body(request)
        api.set_languages(
            user_id=self.actor.known_id,
            native=said["native"],
            studied=[api.StudiedLanguage(**one) for one in said["studied"]],
            now=now(),
        )
        return Response(queries.profile(self.actor.known_id, roles=self.actor.roles))
