"""Invoices over REST, as JSON and as PDF."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.billing import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView


class Invoices(ListView):
    """The caller's invoices, newest first."""

    operations = {"GET": "list_invoices"}
    serializer_class = serializer_of(queries.Invoice)
    ordering = ("-issued_at", "-id")
    filterset_class = queries.InvoiceFilter
    to_dto = staticmethod(queries.to_invoice)

    def get_queryset(self) -> Any:
        return queries.invoices_of(self.actor.known_id)


class Invoice(ApiView):
    """One of the caller's invoices."""

    operations = {"GET": "get_invoice"}
    serializer_class = serializer_of(queries.Invoice)

    @refuses(queries.InvoiceNotFound)
    def get(self, request: Request, invoice: UUID) -> Response:
        return Response(queries.invoice(invoice, customer_id=self.actor.known_id))


class InvoicePdf(ApiView):
    """An invoice as PDF, in the language of its purchase."""

    operations = {"GET": "get_invoice_pdf"}
    serializer_class = None

    @extend_schema(
        responses={
            (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, description="The PDF.")
        }
    )
    @refuses(queries.InvoiceNotFound)
    def get(self, request: Request, invoice: UUID) -> HttpResponse:
        found = queries.invoice(invoice, customer_id=self.actor.known_id)
        pdf = api.invoice_pdf(invoice_id=invoice, customer_id=self.actor.known_id)
        headers = {"Content-Disposition": f'inline; filename="{found.number}.pdf"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)
