"""Billing for staff: books to read, vouchers to create, webhooks to act on again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.admin import ModelAdmin
from unfold.decorators import action

from contexts.billing import api
from contexts.billing import models as rows
from contexts.billing.permissions import may_keep_books
from contexts.shared.database.admin import ReadOnlyAdmin, ReadOnlyInline
from contexts.shared.kernel import now
from contexts.shared.people.admin import KnownPersonAdmin


@admin.register(rows.Customer)
class CustomerAdmin(KnownPersonAdmin):
    list_display = ["display_name", "id", "country", "interface_language"]


@admin.register(rows.PriceCountry)
class PriceCountryAdmin(ReadOnlyAdmin):
    list_display = ["customer_id", "country", "profile", "changes", "proven", "changed_at"]
    list_filter = ["country"]
    search_fields = ["=customer_id"]
    ordering = ["-changed_at"]


class PriceInline(ReadOnlyInline):
    model = rows.Price
    fields = ["group", "currency", "minor", "valid_from", "valid_until"]


@admin.register(rows.Product)
class ProductAdmin(ReadOnlyAdmin):
    list_display = ["code", "kind", "feature", "months", "trial_days", "credits", "expires_days"]
    list_filter = ["kind"]
    ordering = ["position"]
    inlines = [PriceInline]


@admin.register(rows.LedgerAccount)
class LedgerAccountAdmin(ReadOnlyAdmin):
    list_display = ["key", "owner", "code", "currency"]
    list_filter = ["owner", "currency", "code"]
    search_fields = ["=key", "=customer_id", "=tutor_id"]
    ordering = ["key"]
    actions_list = ["add_up"]

    def has_finance_permission(self, request: HttpRequest) -> bool:
        return may_keep_books(request.user)

    @action(description="Check the ledger", url_path="add-up", permissions=["finance"])
    def add_up(self, request: HttpRequest) -> HttpResponse:
        findings = api.check_ledger()
        for finding in findings:
            self.message_user(request, f"{finding.where}: off by {finding.off}", messages.ERROR)
        if not findings:
            self.message_user(request, "Everything adds up.")
        return redirect("admin:billing_ledgeraccount_changelist")


class EntryInline(ReadOnlyInline):
    model = rows.LedgerEntry
    fields = ["account", "minor"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("account")


@admin.register(rows.LedgerTransaction)
class LedgerTransactionAdmin(ReadOnlyAdmin):
    list_display = ["cause", "kind", "occurred_at"]
    list_filter = ["kind"]
    search_fields = ["cause__startswith"]
    ordering = ["-id"]
    inlines = [EntryInline]


@admin.register(rows.LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    list_display = ["account", "minor", "transaction"]
    list_filter = ["account__code"]
    list_select_related = ["account", "transaction"]
    search_fields = ["=account__key"]
    ordering = ["-id"]


class GrantInline(ReadOnlyInline):
    model = rows.CreditGrant
    fields = ["source", "kind", "granted", "available", "held", "spent", "expired", "expires_at"]


class HoldInline(ReadOnlyInline):
    model = rows.CreditHold
    fields = ["state", "amount", "pay_minor", "pay_currency", "round", "held_at", "expires_at"]
    show_change_link = True


@admin.register(rows.Wallet)
class WalletAdmin(ReadOnlyAdmin):
    list_display = ["customer_id", "available", "held"]
    search_fields = ["=customer_id"]
    inlines = [GrantInline, HoldInline]


@admin.register(rows.Payee)
class PayeeAdmin(ReadOnlyAdmin):
    list_display = ["tutor_id", "currency"]
    list_filter = ["currency"]
    search_fields = ["=tutor_id"]


class PartInline(ReadOnlyInline):
    model = rows.HeldPart
    fields = ["grant", "amount", "spent"]


@admin.register(rows.CreditHold)
class CreditHoldAdmin(ReadOnlyAdmin):
    list_display = ["id", "wallet", "state", "round", "held_at", "expires_at"]
    list_filter = ["state"]
    list_select_related = ["wallet"]
    search_fields = ["=id", "=wallet__customer_id"]
    inlines = [PartInline]


class EvidenceInline(ReadOnlyInline):
    model = rows.CheckoutEvidence
    fields = ["kind", "country", "source", "seen_at"]


class QuoteInline(ReadOnlyInline):
    model = rows.Quote
    fk_name = "checkout"
    fields = ["number", "reason", "was", "now_costs", "made_at", "expires_at"]
    readonly_fields = ["was", "now_costs"]

    def was(self, quote: rows.Quote) -> str:
        return f"{quote.old_country}: {api.format_amount(quote.old_minor, quote.old_currency)}"

    def now_costs(self, quote: rows.Quote) -> str:
        return f"{quote.country}: {api.format_amount(quote.minor, quote.currency)}"


@admin.register(rows.Checkout)
class CheckoutAdmin(ReadOnlyAdmin):
    inlines = [QuoteInline, EvidenceInline]
    list_display = [
        "id",
        "customer_id",
        "product_id",
        "state",
        "amount_minor",
        "currency",
        "country",
        "refusal",
        "voucher_id",
        "provider",
        "created_at",
    ]
    list_filter = ["state", "refusal", "provider", "product"]
    search_fields = ["=id", "=customer_id", "=provider_ref"]
    ordering = ["-created_at"]


@admin.register(rows.Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "customer_id",
        "product_id",
        "state",
        "period_start",
        "period_end",
        "cancel_wanted",
        "provider",
    ]
    list_filter = ["state", "provider", "product"]
    search_fields = ["=id", "=customer_id", "=provider_ref"]
    ordering = ["-started_at"]


class SourceInline(ReadOnlyInline):
    model = rows.EntitlementSource
    fields = ["source", "kind", "starts_at", "ends_at"]


@admin.register(rows.Entitlement)
class EntitlementAdmin(ReadOnlyAdmin):
    list_display = ["customer_id", "feature", "until", "revision"]
    list_filter = ["feature"]
    search_fields = ["=customer_id"]
    inlines = [SourceInline]


class InvoiceBuyerInline(ReadOnlyInline):
    model = rows.InvoiceBuyer
    fields = ["name", "address", "seller_tax_id"]


class InvoiceEvidenceInline(ReadOnlyInline):
    model = rows.InvoiceEvidence
    fields = ["kind", "country", "source", "seen_at"]


@admin.register(rows.Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    inlines = [InvoiceBuyerInline, InvoiceEvidenceInline]
    list_display = [
        "number",
        "customer_id",
        "product",
        "gross_minor",
        "tax_minor",
        "currency",
        "country",
        "issued_at",
    ]
    list_filter = ["year", "currency", "country"]
    search_fields = ["=number", "=customer_id"]
    ordering = ["-issued_at"]


@admin.register(rows.Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = ["payment_ref", "minor", "currency", "reason", "state", "created_at", "done_at"]
    list_filter = ["state", "reason", "currency"]
    search_fields = ["=payment_ref", "=checkout__id"]
    ordering = ["-created_at"]


@admin.register(rows.UnearnedRevenue)
class UnearnedRevenueAdmin(ReadOnlyAdmin):
    list_display = ["cause", "minor", "currency", "earned_at"]
    list_filter = ["currency"]
    search_fields = ["cause__startswith"]
    ordering = ["earned_at"]


@admin.register(rows.Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    list_display = [
        "kind",
        "event_ref",
        "provider",
        "object_ref",
        "state",
        "reason",
        "received_at",
        "handled_at",
    ]
    list_filter = ["state", "provider", "kind"]
    search_fields = ["=event_ref", "=object_ref"]
    ordering = ["-received_at"]
    actions = ["act_again"]

    def has_finance_permission(self, request: HttpRequest) -> bool:
        return may_keep_books(request.user)

    @admin.action(description="Act on them again", permissions=["finance"])
    def act_again(self, request: HttpRequest, webhooks: QuerySet[rows.Webhook]) -> None:
        for webhook_id in webhooks.values_list("pk", flat=True):
            api.handle_again(webhook_id, now=now())
        self.message_user(request, "Acting on the webhooks again.")


class UseInline(ReadOnlyInline):
    model = rows.VoucherUse
    fields = ["customer_id", "checkout", "used_at"]


@admin.register(rows.Voucher)
class VoucherAdmin(ModelAdmin):
    """Vouchers that staff create. A code never changes, and only billing writes uses."""

    list_display = ["code", "kind", "percent", "minor", "currency", "days", "used", "max_uses"]
    list_filter = ["kind"]
    search_fields = ["=code"]
    fields = [
        "code",
        "kind",
        "percent",
        "minor",
        "currency",
        "days",
        "max_uses",
        "valid_from",
        "valid_until",
    ]
    inlines = [UseInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
