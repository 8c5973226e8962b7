from django.urls import path

from contexts.billing.web import views

urlpatterns = [
    path("sandbox/events/<uuid:event>/send", views.send, name="sandbox-send"),
    path("sandbox/<str:session>", views.page, name="sandbox-page"),
    path("sandbox/<str:session>/events", views.events, name="sandbox-events"),
]
