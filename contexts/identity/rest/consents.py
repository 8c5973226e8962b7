"""The caller's consents over REST."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import MaxLen
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAnswer:
    """The caller's answer about one purpose."""

    purpose: queries.Purpose
    granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAnswers:
    consents: Annotated[
        list[ConsentAnswer], MaxLen(20), "Purposes that are not named stay as they are."
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentState:
    consents: Annotated[list[queries.Consent], "All purposes."]


_State = serializer_of(ConsentState, "Consents")


class Consents(ApiView):
    """Optional purposes for which the caller's data may be used."""

    operations = {"GET": "get_consents", "PUT": "set_consents"}
    serializer_class = _State

    def get(self, request: Request) -> Response:
        """Return all purposes. Each is off until the caller allows it."""
        return Response(ConsentState(consents=queries.consents_of(self.actor.known_id)))

    @extend_schema(request=body_of(ConsentAnswers), responses={200: _State})
    @refuses(api.PurposeNamedTwice)
    def put(self, request: Request) -> Response:
        """Allow or revoke purposes. Nothing else depends on them."""
        api.set_consents(
            user_id=self.actor.known_id,
            granted=by_purpose(self.body(request, ConsentAnswers)["consents"]),
            face="rest",
            language=get_language() or "en",
            now=now(),
        )
        return self.get(request)


def by_purpose(answers: list[dict[str, object]]) -> dict[str, bool]:
    """Return the answers by purpose. Raises PurposeNamedTwice."""
    found: dict[str, bool] = {}
    for answer in answers:
        purpose = str(answer["purpose"])
        if purpose in found:
            raise api.PurposeNamedTwice(purpose=purpose)
        found[purpose] = bool(answer["granted"])
    return found
