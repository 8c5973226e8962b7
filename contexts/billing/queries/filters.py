"""What the lists of billing can be narrowed by, over REST and GraphQL alike."""

from collections.abc import Iterable
from enum import StrEnum

import django_filters

from contexts.billing.domain.checkouts import CheckoutState
from contexts.billing.domain.subscriptions import State
from contexts.billing.models import Checkout, Invoice, LedgerEntry, Subscription
from contexts.shared.http.filters import InstantFilter

_PARTS = {"available": "credits_available", "held": "credits_held"}


def _choices(states: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(state.value, state.value) for state in states]


class CheckoutFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(field_name="state", choices=_choices(CheckoutState))
    product = django_filters.CharFilter(field_name="product_id")

    class Meta:
        model = Checkout
        fields = ["status", "product"]


class SubscriptionFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(field_name="state", choices=_choices(State))

    class Meta:
        model = Subscription
        fields = ["status"]


class InvoiceFilter(django_filters.FilterSet):
    """`from` is part of the time that is asked for, `to` is not."""

    # `from` is a word of the language, too.
    locals()["from"] = InstantFilter(field_name="issued_at", lookup_expr="gte")
    to = InstantFilter(field_name="issued_at", lookup_expr="lt")

    class Meta:
        model = Invoice
        fields = ["to"]


class MovementFilter(django_filters.FilterSet):
    part = django_filters.ChoiceFilter(
        field_name="account__code", choices=[(name, name) for name in _PARTS], method="of_part"
    )

    class Meta:
        model = LedgerEntry
        fields = ["part"]

    def of_part(self, entries: object, name: str, value: str) -> object:
        return entries.filter(**{name: _PARTS[value]})  # type: ignore[attr-defined]
