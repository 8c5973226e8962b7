from django.urls import path

from contexts.billing.web import checkouts, subscriptions

urlpatterns = [
    path("checkouts/<uuid:checkout>", checkouts.checkout, name="checkout-page"),
    path("subscriptions/<uuid:subscription>/due", subscriptions.due, name="due-page"),
    path("subscriptions/<uuid:subscription>/due/payment", subscriptions.pay, name="due-payment"),
    path("checkouts/<uuid:checkout>/confirmation", checkouts.confirm, name="checkout-confirm"),
    path("checkouts/<uuid:checkout>/abandonment", checkouts.abandon, name="checkout-abandon"),
]
