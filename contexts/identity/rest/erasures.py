"""The caller's request to be erased, over REST."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.identity import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


class Erasure(ApiView):
    """The caller's erasure. It happens two weeks after the request and can be withdrawn before."""

    operations = {"GET": "get_erasure", "POST": "request_erasure", "DELETE": "withdraw_erasure"}
    serializer_class = serializer_of(queries.Erasure)

    @refuses(api.NoErasure)
    def get(self, request: Request) -> Response:
        erasure = queries.erasure(self.actor.known_id)
        if erasure is None:
            raise api.NoErasure
        return Response(erasure)

    @extend_schema(request=None, responses={202: serializer_of(queries.Erasure)})
    @idempotent
    def post(self, request: Request) -> Response:
        api.request_erasure(user_id=self.actor.known_id, now=now())
        return Response(queries.erasure(self.actor.known_id), status=202)

    @extend_schema(request=None, responses={204: None})
    @refuses(api.NoErasure, api.ErasureUnderWay)
    def delete(self, request: Request) -> Response:
        api.withdraw_erasure(user_id=self.actor.known_id, now=now())
        return Response(status=204)
