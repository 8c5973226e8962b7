from django.urls import path

from contexts.identity.rest import people, views

urlpatterns = [
    path("auth/register", views.Register.as_view(), name="register"),
    path("auth/verification", views.VerifyAddress.as_view(), name="verify-address"),
    path("auth/verification/mail", views.ResendVerification.as_view(), name="resend-verification"),
    path("auth/sign-in", views.SignIn.as_view(), name="sign-in"),
    path("auth/refresh", views.Refresh.as_view(), name="refresh"),
    path("auth/sign-out", views.SignOut.as_view(), name="sign-out"),
    path("auth/password-reset", views.ResetPassword.as_view(), name="password-reset"),
    path("auth/password-reset/mail", views.RequestReset.as_view(), name="request-reset"),
    path("me", views.Me.as_view(), name="me"),
    path("me/languages", views.MyLanguages.as_view(), name="my-languages"),
    path("me/following", people.Following.as_view(), name="following"),
    path("me/blocks", people.Blocks.as_view(), name="blocks"),
    path("me/erasure", people.Erasure.as_view(), name="erasure"),
    path("people/<uuid:person>", people.Person.as_view(), name="person"),
    path("people/<uuid:person>/follow", people.Follow.as_view(), name="follow"),
    path("people/<uuid:person>/block", people.Block.as_view(), name="block"),
]
