"""What the caller has agreed to, over REST."""

from dataclasses import dataclass
from typing import Annotated, Any

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ListView
from contexts.shared.kernel import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Agree:
    """Agreement to a version of our terms: the one in force, or one to come."""

    version: Annotated[str, MaxLen(40), "The version that the caller saw."]
    language: queries.InterfaceLanguage = "en"


class Agreements(ListView):
    """The versions of our terms that the caller has agreed to."""

    operations = {"GET": "list_agreements", "POST": "agree"}
    serializer_class = serializer_of(queries.Agreement)
    ordering = ("-at", "-id")
    to_dto = staticmethod(queries.agreement)

    def get_queryset(self) -> Any:
        return queries.agreements_of(self.actor.known_id)

    @extend_schema(request=body_of(Agree), responses={204: None})
    @refuses(api.TermsNotCurrent)
    def post(self, request: Request) -> Response:
        """Agree to our terms. Agreeing again changes nothing."""
        body = self.body(request, Agree)
        api.agree(user_id=self.actor.known_id, face="rest", now=now(), **body)
        return Response(status=204)
