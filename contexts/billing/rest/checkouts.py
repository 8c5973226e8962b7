"""Buying, canceling and redeeming over REST."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import api, queries
from contexts.billing.rest import serializers
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import new_id, now


class Checkouts(ListView):
    """The caller's purchases, newest first."""

    operations = {"GET": "list_checkouts", "POST": "begin_checkout"}
    serializer_class = serializers.CheckoutSerializer
    ordering = ("-created_at", "-id")
    filterset_class = queries.CheckoutFilter
    to_dto = staticmethod(queries.checkout_shown)

    def get_queryset(self) -> Any:
        return queries.checkouts_of(self.actor.known_id)

    @extend_schema(
        request=serializers.BuySerializer, responses={201: serializers.CheckoutSerializer}
    )
    @idempotent
    @refuses(
        api.UnknownProduct,
        api.VoucherRefused,
        api.AlreadySubscribed,
        api.NoTrial,
        api.PaymentsUnavailable,
    )
    def post(self, request: Request) -> Response:
        """Begin to buy something; the answer says where to pay for it."""
        asked = serializers.BuySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        customer_id = self.actor.known_id
        checkout_id = api.begin_checkout(
            checkout_id=new_id(), customer_id=customer_id, now=now(), **asked.validated_data
        )
        return Response(queries.checkout(checkout_id, customer_id=customer_id), status=201)


class Checkout(ApiView):
    operations = {"GET": "get_checkout"}
    serializer_class = serializers.CheckoutSerializer

    @refuses(api.CheckoutNotFound)
    def get(self, request: Request, checkout: UUID) -> Response:
        return Response(queries.checkout(checkout, customer_id=self.actor.known_id))


class Subscriptions(ListView):
    """The caller's subscriptions, newest first."""

    operations = {"GET": "list_subscriptions"}
    serializer_class = serializers.SubscriptionSerializer
    ordering = ("-started_at", "-id")
    filterset_class = queries.SubscriptionFilter
    to_dto = staticmethod(queries.subscription_shown)

    def get_queryset(self) -> Any:
        return queries.subscriptions_of(self.actor.known_id)


class Cancellation(ApiView):
    """Let a subscription end with what is paid; `canceling` until the provider knows."""

    operations = {"POST": "cancel_subscription"}
    serializer_class = serializers.SubscriptionSerializer

    @extend_schema(request=None)
    @idempotent
    @refuses(api.SubscriptionNotFound)
    def post(self, request: Request, subscription: UUID) -> Response:
        customer_id = self.actor.known_id
        api.ask_to_cancel(subscription_id=subscription, customer_id=customer_id, now=now())
        return Response(queries.subscription(subscription, customer_id=customer_id))


class Redemption(ApiView):
    """Use a voucher for days that are free."""

    operations = {"POST": "redeem_voucher"}
    serializer_class = serializers.RedeemSerializer

    @extend_schema(responses={204: None})
    @idempotent
    @refuses(api.VoucherRefused)
    def post(self, request: Request) -> Response:
        given = self.body(request)
        api.redeem_voucher(customer_id=self.actor.known_id, now=now(), **given)
        return Response(status=204)
