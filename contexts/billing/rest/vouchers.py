"""Vouchers over REST."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import api
from contexts.shared.http.derived import body_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeem:
    code: Annotated[str, MaxLen(40)]


class Redemption(ApiView):
    """Redeem a voucher for free days."""

    operations = {"POST": "redeem_voucher"}
    serializer_class = body_of(Redeem)

    @extend_schema(responses={204: None})
    @idempotent
    @refuses(api.VoucherRefused)
    def post(self, request: Request) -> Response:
        body = self.body(request, Redeem)
        api.redeem_voucher(customer_id=self.actor.known_id, now=now(), **body)
        return Response(status=204)
