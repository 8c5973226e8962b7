from django.contrib.auth.views import LogoutView
from django.urls import path

from contexts.tutoring.web import feeds, hours, signing, views

urlpatterns = [
    path("", views.home, name="tutoring-home"),
    path("requests", views.requests, name="tutoring-requests"),
    path("week", views.week, name="tutoring-week"),
    path("hours", hours.hours, name="tutoring-hours"),
    path("lessons/<uuid:lesson>/room", views.room, name="tutoring-room"),
    path("lessons/<uuid:lesson>/<slug:act>", views.act, name="tutoring-act"),
    path("sign-in", signing.SignIn.as_view(), name="tutoring-sign-in"),
    path("sign-out", LogoutView.as_view(next_page="tutoring-sign-in"), name="tutoring-sign-out"),
    path("calendar/<str:token>.ics", feeds.calendar, name="calendar-feed"),
]
