from django.urls import path

from contexts.billing.web import views

urlpatterns = [
    path("checkouts/<uuid:checkout>", views.checkout, name="checkout-page"),
    path("sandbox/events/<uuid:event>/send", views.send, name="sandbox-send"),
    path("sandbox/<str:session>", views.page, name="sandbox-page"),
    path("sandbox/<str:session>/events", views.events, name="sandbox-events"),
]
