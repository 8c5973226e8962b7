"""What is for sale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from contexts.billing.models import Price


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceShown:
    """`amount` is in minor units of `currency`, tax included; a pack has credits, else months."""

    product: str
    kind: str
    name: str
    amount: int
    currency: str
    months: int
    trial_days: int
    credits: int
    expires_days: int | None


def prices(*, group: str, language: str, now: datetime) -> list[PriceShown]:
    """What a group of countries pays now, in the order of the catalog."""
    rows = _in_force(now).filter(group=group).select_related("product")
    return [_shown(row, language) for row in rows.order_by("product__position", "product_id")]


def all_prices(*, now: datetime) -> Iterable[Price]:
    """Of every group, for staff."""
    return _in_force(now).select_related("product").order_by("group", "product__position")


def _in_force(now: datetime) -> QuerySet[Price]:
    ends = Q(valid_until=None) | Q(valid_until__gt=now)
    return Price.objects.filter(ends, valid_from__lte=now)


def _shown(row: Price, language: str) -> PriceShown:
    product = row.product
    return PriceShown(
        product=product.pk,
        kind=product.kind,
        name=name_in(product.names, language),
        amount=row.minor,
        currency=row.currency,
        months=product.months,
        trial_days=product.trial_days,
        credits=product.credits,
        expires_days=product.expires_days,
    )


def name_in(names: dict[str, str], language: str) -> str:
    """A product's name in a language (BCP 47), in English where there is none."""
    return names.get(language.split("-", maxsplit=1)[0].lower()) or names["en"]
