from django.urls import path

from contexts.identity.rest import (
    accounts,
    contacts,
    credentials,
    erasures,
    exports,
    profiles,
    sessions,
)

urlpatterns = [
    path("auth/register", accounts.RegisterView.as_view(), name="register"),
    path("auth/verification", accounts.VerifyAddress.as_view(), name="verify-address"),
    path(
        "auth/verification/mail",
        accounts.ResendVerification.as_view(),
        name="resend-verification",
    ),
    path("auth/password-reset", accounts.ResetPassword.as_view(), name="password-reset"),
    path("auth/password-reset/mail", accounts.RequestReset.as_view(), name="request-reset"),
    path("auth/sign-in", sessions.SignInView.as_view(), name="sign-in"),
    path("auth/refresh", sessions.RefreshView.as_view(), name="refresh"),
    path("auth/sign-out", sessions.SignOut.as_view(), name="sign-out"),
    path("auth/address", credentials.ConfirmAddress.as_view(), name="confirm-address"),
    path("me/sessions", sessions.Sessions.as_view(), name="sessions"),
    path("me/sessions/<uuid:session>", sessions.OneSession.as_view(), name="session"),
    path("me/export", exports.Export.as_view(), name="my-export"),
    path("me/password", credentials.ChangePassword.as_view(), name="my-password"),
    path("me/address", credentials.ChangeAddress.as_view(), name="my-address"),
    path("me", profiles.Me.as_view(), name="me"),
    path("me/languages", profiles.MyLanguages.as_view(), name="my-languages"),
    path("me/following", contacts.Following.as_view(), name="following"),
    path("me/blocks", contacts.Blocks.as_view(), name="blocks"),
    path("me/erasure", erasures.Erasure.as_view(), name="erasure"),
    path("people/<uuid:person>", contacts.Person.as_view(), name="person"),
    path("people/<uuid:person>/follow", contacts.Follow.as_view(), name="follow"),
    path("people/<uuid:person>/block", contacts.Block.as_view(), name="block"),
]
