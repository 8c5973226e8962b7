from django.contrib.auth.views import LogoutView
from django.urls import path

from contexts.identity.web import accounts, consents, enrollment, home, sign_up

urlpatterns = [
    path("", home.home, name="account"),
    path("sign-in", home.SignIn.as_view(), name="account-sign-in"),
    path("sign-up", sign_up.sign_up, name="account-sign-up"),
    path("terms", consents.agree, name="account-agree"),
    path("consents", home.consents, name="account-consents"),
    path("sign-out", LogoutView.as_view(next_page="account-sign-in"), name="account-sign-out"),
    path("password", home.password, name="account-password"),
    path("new-address", home.address, name="account-address"),
    path("export", home.request_export, name="account-request-export"),
    path("export/<str:token>", home.export, name="account-export"),
    path("sessions/end", home.end_others, name="account-end-others"),
    path("sessions/<uuid:session>/end", home.end_session, name="account-end-session"),
    path("recovery-codes", home.recovery_codes, name="account-recovery-codes"),
    path("another-phone", home.another_phone, name="account-another-phone"),
    path("enroll/<str:token>", enrollment.enroll, name="enroll-page"),
    path("verify/<str:token>", accounts.verify, name="verify-page"),
    path("address/<str:token>", accounts.address, name="address-page"),
    path("reset/<str:token>", accounts.reset, name="reset-page"),
]
