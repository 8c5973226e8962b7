from django.urls import path

from contexts.identity.web import accounts

urlpatterns = [
    path("verify/<str:token>", accounts.verify, name="verify-page"),
    path("reset/<str:token>", accounts.reset, name="reset-page"),
]
