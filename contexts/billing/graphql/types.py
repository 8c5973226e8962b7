"""Billing as GraphQL shows it: the DTOs of queries. Amounts of money are in minor units."""

from typing import Any

import graphene

from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.types import Instant, Uuid


def _many(kind: Any, **options: Any) -> Any:
    return graphene.List(graphene.NonNull(kind), required=True, **options)


class Price(DtoType):
    product = graphene.String(required=True)
    kind = graphene.String(required=True, description="subscription or credits.")
    name = graphene.String(required=True)
    amount = graphene.Int(required=True, description="Tax included.")
    currency = graphene.String(required=True, description="ISO 4217.")
    months = graphene.Int(required=True)
    trial_days = graphene.Int(required=True)
    credits = graphene.Int(required=True)
    expires_days = graphene.Int()


class CreditGrant(DtoType):
    """Credits of one origin, in hundredths."""

    id = Uuid(required=True)
    kind = graphene.String(required=True)
    granted = graphene.Int(required=True)
    available = graphene.Int(required=True)
    held = graphene.Int(required=True)
    expires_at = Instant()
    granted_at = Instant(required=True)


class Wallet(DtoType):
    """Lesson credits, in hundredths; `bookable` are whole lessons."""

    available = graphene.Int(required=True)
    held = graphene.Int(required=True)
    bookable = graphene.Int(required=True)
    grants = _many(CreditGrant)


class EntitlementSource(DtoType):
    kind = graphene.String(required=True, description="subscription, voucher, gift or goodwill.")
    id = graphene.String(required=True)
    from_ = Instant(required=True, name="from")
    until = Instant(required=True)
    state = graphene.String(required=True)


class Entitlement(DtoType):
    """What may be used, until when, and why."""

    active = graphene.Boolean(required=True)
    until = Instant()
    sources = _many(EntitlementSource)


class Entitlements(DtoType):
    premium = graphene.Field(Entitlement, required=True)


class Invoice(DtoType):
    id = Uuid(required=True)
    number = graphene.String(required=True)
    issued_at = Instant(required=True)
    product = graphene.String(required=True)
    description = graphene.String(required=True)
    currency = graphene.String(required=True)
    net = graphene.Int(required=True)
    tax = graphene.Int(required=True)
    gross = graphene.Int(required=True)
    tax_basis_points = graphene.Int(required=True)
    country = graphene.String(required=True)


class Checkout(DtoType):
    id = Uuid(required=True)
    product = graphene.String(required=True)
    voucher = graphene.String()
    status = graphene.String(required=True)
    price = graphene.Int(required=True)
    amount = graphene.Int(required=True)
    currency = graphene.String(required=True)
    url = graphene.String(required=True, description="Where to pay.")
    created_at = Instant(required=True)


class PlanSubscription(DtoType):
    id = Uuid(required=True)
    product = graphene.String(required=True)
    status = graphene.String(required=True)
    started_at = Instant(required=True)
    period_start = Instant(required=True)
    period_end = Instant(required=True)
    ended_at = Instant()
    canceling = graphene.Boolean(required=True)
