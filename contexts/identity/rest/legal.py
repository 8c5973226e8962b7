"""Our terms and our privacy notice over REST, for everybody."""

from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalVersions:
    versions: Annotated[list[queries.LegalVersion], "The newest of each kind first."]


class PublicView(ApiView):
    permission_classes = [AllowAny]
    authentication_classes = []


class Legal(PublicView):
    """Our terms and our privacy notice."""

    operations = {"GET": "get_legal"}
    serializer_class = serializer_of(LegalVersions)

    def get(self, request: Request) -> Response:
        """List all versions of both. `agreed_terms` of a registration is the current one."""
        return Response(LegalVersions(versions=queries.legal_versions(now=now())))


class Text(PublicView):
    """The text of a version."""

    operations = {"GET": "get_legal_text"}
    serializer_class = serializer_of(queries.LegalText)

    @extend_schema(responses={200: serializer_of(queries.LegalText)})
    @refuses(api.UnknownVersion)
    def get(self, request: Request, kind: str, version: str) -> Response:
        """Return the text of a version, in the language that the request accepts."""
        language = get_language() or "en"
        return Response(queries.legal_text(kind, version, language=language))
