from django.urls import path

from contexts.billing.rest import (
    checkouts,
    entitlements,
    invoices,
    prices,
    subscriptions,
    vouchers,
    wallets,
    webhooks,
)

_INVOICE = "billing/invoices/<uuid:invoice>"
_CANCELLATION = "billing/subscriptions/<uuid:subscription>/cancellation"

urlpatterns = [
    path("billing/prices", prices.Prices.as_view(), name="prices"),
    path("billing/wallet", wallets.Wallet.as_view(), name="wallet"),
    path("billing/wallet/history", wallets.WalletHistory.as_view(), name="wallet-history"),
    path("billing/entitlements", entitlements.Entitlements.as_view(), name="entitlements"),
    path("billing/invoices", invoices.Invoices.as_view(), name="invoices"),
    path(_INVOICE, invoices.Invoice.as_view(), name="invoice"),
    path(f"{_INVOICE}/pdf", invoices.InvoicePdf.as_view(), name="invoice-pdf"),
    path("billing/checkouts", checkouts.Checkouts.as_view(), name="checkouts"),
    path("billing/checkouts/<uuid:checkout>", checkouts.Checkout.as_view(), name="checkout"),
    path("billing/subscriptions", subscriptions.Subscriptions.as_view(), name="subscriptions"),
    path(_CANCELLATION, subscriptions.Cancellation.as_view(), name="subscription-cancellation"),
    path("billing/vouchers/redemption", vouchers.Redemption.as_view(), name="redemption"),
    path("billing/webhooks/<str:provider>", webhooks.Webhooks.as_view(), name="webhooks"),
]
