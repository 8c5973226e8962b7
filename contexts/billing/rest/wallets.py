"""Lesson credits over REST."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import now


class Wallet(ApiView):
    """The caller's lesson credits, and when they expire."""

    operations = {"GET": "get_wallet"}
    serializer_class = serializer_of(queries.Wallet)

    def get(self, request: Request) -> Response:
        return Response(queries.wallet(self.actor.known_id, now=now()))


class WalletHistory(ListView):
    """All movements of the caller's lesson credits, newest first."""

    operations = {"GET": "list_wallet_history"}
    serializer_class = serializer_of(queries.Movement)
    ordering = ("-id",)
    filterset_class = queries.MovementFilter
    to_dto = staticmethod(queries.to_movement)

    def get_queryset(self) -> Any:
        return queries.movements_of(self.actor.known_id)
