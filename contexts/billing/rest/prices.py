"""Prices over REST."""

from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


class Prices(ApiView):
    """Products for sale in the caller's country."""

    operations = {"GET": "list_prices"}
    serializer_class = serializer_of(queries.Prices)
    pagination_class = None

    def get(self, request: Request) -> Response:
        return Response(api.prices_for(customer_id=self.actor.known_id, now=now()))


class PriceCountry(ApiView):
    """The country that decides the caller's prices and tax."""

    operations = {"GET": "get_price_country"}
    serializer_class = serializer_of(queries.PriceCountry)

    def get(self, request: Request) -> Response:
        return Response(api.price_country(customer_id=self.actor.known_id, now=now()))
