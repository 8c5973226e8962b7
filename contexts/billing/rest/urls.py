from django.urls import path

from contexts.billing.rest import checkouts, invoices, webhooks

_SUBSCRIPTION = "billing/subscriptions/<uuid:subscription>"
_INVOICE = "billing/invoices/<uuid:invoice>"

urlpatterns = [
    path("billing/prices", invoices.Prices.as_view(), name="prices"),
    path("billing/wallet", invoices.Wallet.as_view(), name="wallet"),
    path("billing/wallet/history", invoices.WalletHistory.as_view(), name="wallet-history"),
    path("billing/entitlements", invoices.Entitlements.as_view(), name="entitlements"),
    path("billing/invoices", invoices.Invoices.as_view(), name="invoices"),
    path(_INVOICE, invoices.Invoice.as_view(), name="invoice"),
    path(f"{_INVOICE}/pdf", invoices.InvoicePdf.as_view(), name="invoice-pdf"),
    path("billing/checkouts", checkouts.Checkouts.as_view(), name="checkouts"),
    path("billing/checkouts/<uuid:checkout>", checkouts.Checkout.as_view(), name="checkout"),
    path("billing/subscriptions", checkouts.Subscriptions.as_view(), name="subscriptions"),
    path(
        f"{_SUBSCRIPTION}/cancellation",
        checkouts.Cancellation.as_view(),
        name="subscription-cancellation",
    ),
    path("billing/vouchers/redemption", checkouts.Redemption.as_view(), name="redemption"),
    path("billing/webhooks/<str:provider>", webhooks.Webhooks.as_view(), name="webhooks"),
]
