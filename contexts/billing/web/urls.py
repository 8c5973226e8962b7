from django.urls import path

from contexts.billing.web import checkouts, subscriptions

urlpatterns = [
    path("checkouts/<uuid:checkout>", checkouts.checkout, name="checkout-page"),
    path("subscriptions/<uuid:subscription>/due", subscriptions.due, name="due-page"),
    path("subscriptions/<uuid:subscription>/due/payment", subscriptions.pay, name="due-payment"),
]
