"""Checkouts over REST."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from annotated_types import Ge, Le, MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import api, queries
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import new_id, now
from contexts.shared.kernel.shapes import OMITTED

_Checkout = serializer_of(queries.Checkout)
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Buy:
    product: Annotated[str, MaxLen(_LONGEST)]
    voucher: Annotated[str, MaxLen(_LONGEST)] = OMITTED
    trial: bool = False
    name: Annotated[str, MaxLen(120), "The buyer on the invoice."] = OMITTED
    address: Annotated[str, MaxLen(300), "The buyer's postal address on the invoice."] = OMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    quote: Annotated[int, Ge(2), Le(99), "The number of the new price that the buyer saw."]


class Checkouts(ListView):
    """The caller's checkouts, newest first."""

    operations = {"GET": "list_checkouts", "POST": "begin_checkout"}
    serializer_class = _Checkout
    ordering = ("-created_at", "-id")
    filterset_class = queries.CheckoutFilter
    to_dto = staticmethod(queries.to_checkout)

    def get_queryset(self) -> Any:
        return queries.checkouts_of(self.actor.known_id)

    @extend_schema(request=body_of(Buy), responses={201: _Checkout})
    @idempotent
    @refuses(
        api.UnknownProduct,
        api.NotSoldThere,
        api.VoucherRefused,
        api.AlreadySubscribed,
        api.NoTrial,
        api.PaymentsUnavailable,
    )
    def post(self, request: Request) -> Response:
        """Begin to buy a product. The answer has the address to pay at."""
        customer_id = self.actor.known_id
        checkout_id = api.begin_checkout(
            checkout_id=new_id(), customer_id=customer_id, now=now(), **self.body(request, Buy)
        )
        return Response(queries.checkout(checkout_id, customer_id=customer_id), status=201)


class Checkout(ApiView):
    """One of the caller's checkouts."""

    operations = {"GET": "get_checkout"}
    serializer_class = _Checkout

    @refuses(api.CheckoutNotFound)
    def get(self, request: Request, checkout: UUID) -> Response:
        return Response(queries.checkout(checkout, customer_id=self.actor.known_id))


class Abandonment(ApiView):
    """Give up an unfinished checkout. Its page closes, and its voucher can be used again."""

    operations = {"POST": "give_up_checkout"}
    serializer_class = _Checkout

    @extend_schema(request=None)
    @idempotent
    @refuses(api.CheckoutNotFound, api.PaymentsUnavailable)
    def post(self, request: Request, checkout: UUID) -> Response:
        customer_id = self.actor.known_id
        api.give_up_checkout(checkout_id=checkout, customer_id=customer_id, now=now())
        return Response(queries.checkout(checkout, customer_id=customer_id))


class Confirmation(ApiView):
    """Agree to the new price of a checkout. The held card is charged by it a moment later."""

    operations = {"POST": "confirm_checkout"}
    serializer_class = _Checkout

    @extend_schema(request=body_of(Confirm))
    @idempotent
    @refuses(api.CheckoutNotFound, api.NothingToConfirm, api.QuoteChanged, api.QuoteExpired)
    def post(self, request: Request, checkout: UUID) -> Response:
        customer_id = self.actor.known_id
        api.confirm_checkout(
            checkout_id=checkout,
            customer_id=customer_id,
            now=now(),
            **self.body(request, Confirm),
        )
        return Response(queries.checkout(checkout, customer_id=customer_id))
