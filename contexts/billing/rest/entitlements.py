"""Entitlements over REST."""

from dataclasses import asdict
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


class Entitlements(ApiView):
    """Features that the caller may use, until when, and why."""

    operations = {"GET": "get_entitlements"}
    serializer_class = serializer_of(queries.Entitlements)

    def get(self, request: Request) -> Response:
        found = queries.entitlements(self.actor.known_id, now=now())
        return Response(asdict(found, dict_factory=_public))


def _public(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return fields under their public names: `from_` is `from`."""
    return {name.removesuffix("_"): value for name, value in fields}
