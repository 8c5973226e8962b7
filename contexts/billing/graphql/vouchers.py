"""Vouchers over GraphQL."""

from typing import Any

import graphene

from contexts.billing import api, queries
from contexts.billing.graphql.entitlements import Entitlements
from contexts.billing.rest.vouchers import Redeem
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import arguments_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.kernel import now


class Mutation:
    redeem_voucher = graphene.Field(Entitlements, **arguments_of(Redeem))

    @staticmethod
    @keyed
    def resolve_redeem_voucher(_root: Any, info: Any, **arguments: Any) -> queries.Entitlements:
        customer_id = info.context.actor.known_id
        api.redeem_voucher(customer_id=customer_id, now=now(), **checked(Redeem, **arguments))
        return queries.entitlements(customer_id, now=now())
