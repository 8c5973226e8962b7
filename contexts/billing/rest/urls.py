from django.urls import path

from contexts.billing.rest import buying, reading, webhooks

_SUBSCRIPTION = "billing/subscriptions/<uuid:subscription>"
_INVOICE = "billing/invoices/<uuid:invoice>"

urlpatterns = [
    path("billing/prices", reading.Prices.as_view(), name="prices"),
    path("billing/wallet", reading.Wallet.as_view(), name="wallet"),
    path("billing/wallet/history", reading.WalletHistory.as_view(), name="wallet-history"),
    path("billing/entitlements", reading.Entitlements.as_view(), name="entitlements"),
    path("billing/invoices", reading.Invoices.as_view(), name="invoices"),
    path(_INVOICE, reading.Invoice.as_view(), name="invoice"),
    path(f"{_INVOICE}/pdf", reading.InvoicePdf.as_view(), name="invoice-pdf"),
    path("billing/checkouts", buying.Checkouts.as_view(), name="checkouts"),
    path("billing/checkouts/<uuid:checkout>", buying.Checkout.as_view(), name="checkout"),
    path("billing/subscriptions", buying.Subscriptions.as_view(), name="subscriptions"),
    path(
        f"{_SUBSCRIPTION}/cancellation",
        buying.Cancellation.as_view(),
        name="subscription-cancellation",
    ),
    path("billing/vouchers/redemption", buying.Redemption.as_view(), name="redemption"),
    path("billing/webhooks/<str:provider>", webhooks.Webhooks.as_view(), name="webhooks"),
]
