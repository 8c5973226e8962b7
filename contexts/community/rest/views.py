from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import queries
from contexts.community.rest import serializers
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView


class MyMembership(ApiView):
    """What community knows of the caller, by the events of the other contexts."""

    operations = {"GET": "get_membership"}
    serializer_class = serializers.MembershipSerializer

    @refuses(queries.MemberUnknown)
    def get(self, request: Request) -> Response:
        return Response(queries.membership(self.actor.known_id))
