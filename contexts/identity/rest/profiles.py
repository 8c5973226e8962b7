"""The caller's own profile over REST."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.serializers import checked
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import UnknownLanguage, now

_Profile = serializer_of(queries.Profile)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The parts of a profile that its owner may change."""

    display_name: Annotated[str, MaxLen(80)]
    country: queries.Country
    time_zone: queries.TimeZone
    interface_language: queries.InterfaceLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    native: Annotated[list[Annotated[str, MaxLen(35)]], MaxLen(20), "BCP 47."]
    studied: Annotated[list[queries.Studied], MaxLen(20)]


class ProfileView(ApiView):
    serializer_class = _Profile

    def show(self) -> Response:
        return Response(queries.profile(self.actor.known_id, roles=self.actor.roles, now=now()))


class Me(ProfileView):
    """The caller's own profile."""

    operations = {"GET": "get_profile", "PATCH": "change_profile"}

    def get(self, request: Request) -> Response:
        return self.show()

    @extend_schema(request=body_of(Changes, "Profile"), responses={200: _Profile})
    @refuses(api.MalformedName, api.UnknownCountry, api.UnknownTimeZone)
    def patch(self, request: Request) -> Response:
        """Change the named fields. The others stay."""
        changes = checked(body_of(Changes, "Profile"), request.data, partial=True)
        api.change_profile(user_id=self.actor.known_id, changes=changes, now=now())
        return self.show()


class MyLanguages(ProfileView):
    """The languages that the caller speaks natively and studies."""

    operations = {"PUT": "set_languages"}

    @extend_schema(request=body_of(Languages), responses={200: _Profile})
    @refuses(UnknownLanguage, api.LanguageNamedTwice, api.TooManyLanguages)
    def put(self, request: Request) -> Response:
        body = self.body(request, Languages)
        studied = [queries.Studied(**each) for each in body["studied"]]
        user_id, native = self.actor.known_id, body["native"]
        api.set_languages(user_id=user_id, native=native, studied=studied, now=now())
        return self.show()
