"""What a customer may look at over REST: prices, wallet, entitlements, papers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import api, queries
from contexts.billing.rest import serializers
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import now


class Prices(ApiView):
    """What is for sale in the caller's country."""

    operations = {"GET": "list_prices"}
    serializer_class = serializers.PricesSerializer
    pagination_class = None

    def get(self, request: Request) -> Response:
        return Response({"results": api.prices_for(customer_id=self.actor.known_id, now=now())})


class Wallet(ApiView):
    """The caller's lesson credits, and when they expire."""

    operations = {"GET": "get_wallet"}
    serializer_class = serializers.WalletSerializer

    def get(self, request: Request) -> Response:
        return Response(queries.wallet(self.actor.known_id, now=now()))


class WalletHistory(ListView):
    """Every movement of the caller's lesson credits, newest first."""

    operations = {"GET": "list_wallet_history"}
    serializer_class = serializers.MovementSerializer
    ordering = ("-id",)
    filterset_class = queries.MovementFilter
    to_dto = staticmethod(queries.movement)

    def get_queryset(self) -> Any:
        return queries.movements_of(self.actor.known_id)


class Entitlements(ApiView):
    """What the caller may use, until when, and why."""

    operations = {"GET": "get_entitlements"}
    serializer_class = serializers.EntitlementsSerializer

    def get(self, request: Request) -> Response:
        premium = queries.entitlement(self.actor.known_id, now=now())
        sources = [_source(one) for one in premium.sources]
        shown = {"active": premium.active, "until": premium.until, "sources": sources}
        return Response({"premium": shown})


class Invoices(ListView):
    """The caller's invoices, newest first."""

    operations = {"GET": "list_invoices"}
    serializer_class = serializers.InvoiceSerializer
    ordering = ("-issued_at", "-id")
    filterset_class = queries.InvoiceFilter
    to_dto = staticmethod(queries.invoice_shown)

    def get_queryset(self) -> Any:
        return queries.invoices_of(self.actor.known_id)


class Invoice(ApiView):
    operations = {"GET": "get_invoice"}
    serializer_class = serializers.InvoiceSerializer

    @refuses(queries.InvoiceNotFound)
    def get(self, request: Request, invoice: UUID) -> Response:
        return Response(queries.invoice(invoice, customer_id=self.actor.known_id))


class InvoicePdf(ApiView):
    """An invoice as PDF, in the language it was bought in."""

    operations = {"GET": "get_invoice_pdf"}
    serializer_class = None

    @extend_schema(
        responses={
            (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, description="The PDF.")
        }
    )
    @refuses(queries.InvoiceNotFound)
    def get(self, request: Request, invoice: UUID) -> HttpResponse:
        pdf = api.invoice_pdf(invoice_id=invoice, customer_id=self.actor.known_id)
        if pdf is None:
            raise queries.InvoiceNotFound
        named = {"Content-Disposition": f'inline; filename="invoice-{invoice}.pdf"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=named)


def _source(source: queries.SourceShown) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "id": source.id,
        "from": source.from_,
        "until": source.until,
        "state": source.state,
    }
