from django.urls import path

from contexts.billing.web import checkouts

urlpatterns = [
    path("checkouts/<uuid:checkout>", checkouts.checkout, name="checkout-page"),
]
