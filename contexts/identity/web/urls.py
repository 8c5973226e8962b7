from django.urls import path

from contexts.identity.web import views

urlpatterns = [
    path("verify/<str:token>", views.verify, name="verify-page"),
    path("reset/<str:token>", views.reset, name="reset-page"),
]
