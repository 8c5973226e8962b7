"""The caller's membership over REST."""

from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView


class MyMembership(ApiView):
    """The caller as a member, from the events of the other contexts."""

    operations = {"GET": "get_membership"}
    serializer_class = serializer_of(queries.Membership)

    @refuses(queries.MemberUnknown)
    def get(self, request: Request) -> Response:
        return Response(queries.membership(self.actor.known_id))
