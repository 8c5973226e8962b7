from django.urls import path

from contexts.billing.web import views

urlpatterns = [
    path("checkouts/<uuid:checkout>", views.checkout, name="checkout-page"),
]
