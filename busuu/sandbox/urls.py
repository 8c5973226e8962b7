from django.urls import path

from busuu.sandbox import views

urlpatterns = [
    path("events/<uuid:event>/send", views.send, name="sandbox-send"),
    path("due/<str:subscription>", views.due, name="sandbox-due"),
    path("<str:session>", views.page, name="sandbox-page"),
    path("<str:session>/events", views.events, name="sandbox-events"),
]
