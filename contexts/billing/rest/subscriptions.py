"""Subscriptions over REST."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import now

_Subscription = serializer_of(queries.Subscription)


class Subscriptions(ListView):
    """The caller's subscriptions, newest first."""

    operations = {"GET": "list_subscriptions"}
    serializer_class = _Subscription
    ordering = ("-started_at", "-id")
    filterset_class = queries.SubscriptionFilter
    to_dto = staticmethod(queries.to_subscription)

    def get_queryset(self) -> Any:
        return queries.subscriptions_of(self.actor.known_id)


class Cancellation(ApiView):
    """End a subscription with its paid period. `canceling` is true until the provider confirms."""

    operations = {"POST": "cancel_subscription"}
    serializer_class = _Subscription

    @extend_schema(request=None)
    @idempotent
    @refuses(api.SubscriptionNotFound)
    def post(self, request: Request, subscription: UUID) -> Response:
        customer_id = self.actor.known_id
        api.ask_to_cancel(subscription_id=subscription, customer_id=customer_id, now=now())
        return Response(queries.subscription(subscription, customer_id=customer_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    url: Annotated[str, "The page to pay on, by any card. It renews from then on."]


class Resumption(ApiView):
    """Withdraw a cancellation before the paid period ends."""

    operations = {"POST": "resume_subscription"}
    serializer_class = _Subscription

    @extend_schema(request=None)
    @idempotent
    @refuses(api.SubscriptionNotFound, api.NotCanceled, api.PaymentsUnavailable)
    def post(self, request: Request, subscription: UUID) -> Response:
        customer_id = self.actor.known_id
        api.resume_subscription(subscription_id=subscription, customer_id=customer_id, now=now())
        return Response(queries.subscription(subscription, customer_id=customer_id))


class Due(ApiView):
    """Pay what is due for a subscription whose renewal failed."""

    operations = {"POST": "pay_due"}
    serializer_class = serializer_of(DuePage)

    @extend_schema(request=None)
    @refuses(api.SubscriptionNotFound, api.NothingDue, api.PaymentsUnavailable)
    def post(self, request: Request, subscription: UUID) -> Response:
        customer_id = self.actor.known_id
        url = api.due_page(subscription_id=subscription, customer_id=customer_id, now=now())
        return Response(DuePage(url=url))
