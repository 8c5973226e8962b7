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
_SUBSCRIPTION = "billing/subscriptions/<uuid:subscription>"
_CANCELLATION = f"{_SUBSCRIPTION}/cancellation"
_CHECKOUT = "billing/checkouts/<uuid:checkout>"

urlpatterns = [
    path("billing/prices", prices.Prices.as_view(), name="prices"),
    path("billing/price-country", prices.PriceCountry.as_view(), name="price-country"),
    path("billing/wallet", wallets.Wallet.as_view(), name="wallet"),
    path("billing/wallet/history", wallets.WalletHistory.as_view(), name="wallet-history"),
    path("billing/entitlements", entitlements.Entitlements.as_view(), name="entitlements"),
    path("billing/invoices", invoices.Invoices.as_view(), name="invoices"),
    path(_INVOICE, invoices.Invoice.as_view(), name="invoice"),
    path(f"{_INVOICE}/pdf", invoices.InvoicePdf.as_view(), name="invoice-pdf"),
    path("billing/checkouts", checkouts.Checkouts.as_view(), name="checkouts"),
    path(_CHECKOUT, checkouts.Checkout.as_view(), name="checkout"),
    path(f"{_CHECKOUT}/abandonment", checkouts.Abandonment.as_view(), name="abandonment"),
    path(f"{_CHECKOUT}/confirmation", checkouts.Confirmation.as_view(), name="confirmation"),
    path("billing/subscriptions", subscriptions.Subscriptions.as_view(), name="subscriptions"),
    path(_CANCELLATION, subscriptions.Cancellation.as_view(), name="subscription-cancellation"),
    path(f"{_SUBSCRIPTION}/resumption", subscriptions.Resumption.as_view(), name="resumption"),
    path(f"{_SUBSCRIPTION}/payment", subscriptions.Due.as_view(), name="subscription-payment"),
    path("billing/vouchers/redemption", vouchers.Redemption.as_view(), name="redemption"),
    path("billing/webhooks/<str:provider>", webhooks.Webhooks.as_view(), name="webhooks"),
]
