"""The caller's own data over REST."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import new_id, now

_DataExport = serializer_of(queries.DataExport)


class Export(ApiView):
    """The caller's own data."""

    operations = {"GET": "get_export", "POST": "request_export"}
    serializer_class = _DataExport

    @refuses(api.NoExport)
    def get(self, request: Request) -> Response:
        """Return whether the ZIP is ready, and its address."""
        found = queries.data_export(self.actor.known_id, now=now())
        if found is None:
            raise api.NoExport
        return Response(found)

    @extend_schema(request=None, responses={202: _DataExport})
    @idempotent
    def post(self, request: Request) -> Response:
        """Ask for all data about the caller. A mail tells when it is ready, once a day."""
        api.request_export(export_id=new_id(), user_id=self.actor.known_id, now=now())
        return Response(queries.data_export(self.actor.known_id, now=now()), status=202)
