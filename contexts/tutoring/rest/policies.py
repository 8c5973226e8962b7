"""Policies over REST."""

from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.derived import serializer_of
from contexts.shared.http.views import ApiView
from contexts.tutoring import queries


class Policies(ApiView):
    """The terms that a lesson can be booked on."""

    operations = {"GET": "list_policies"}
    serializer_class = serializer_of(queries.Policies)
    pagination_class = None

    def get(self, request: Request) -> Response:
        return Response(queries.Policies(policies=queries.policies()))
