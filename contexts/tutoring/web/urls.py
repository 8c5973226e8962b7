from django.contrib.auth.views import LogoutView
from django.urls import path

from contexts.tutoring.web import availability, calendars, desk, profile, rooms, sign_in

urlpatterns = [
    path("", desk.home, name="tutoring-home"),
    path("requests", desk.requests, name="tutoring-requests"),
    path("week", desk.week, name="tutoring-week"),
    path("hours", availability.hours, name="tutoring-hours"),
    path("profile", profile.profile, name="tutoring-profile"),
    path("leave", profile.leave, name="tutoring-leave"),
    path("lessons/<uuid:lesson>/room", desk.room, name="tutoring-room"),
    path("lessons/<uuid:lesson>/<slug:act>", desk.act, name="tutoring-act"),
    path("rooms/<uuid:lesson>", rooms.lesson_room, name="lesson-room"),
    path("rooms/<uuid:lesson>/entry", rooms.enter, name="lesson-room-entry"),
    path("rooms/<uuid:lesson>/answer", rooms.answer, name="lesson-room-answer"),
    path("sign-in", sign_in.SignIn.as_view(), name="tutoring-sign-in"),
    path("sign-out", LogoutView.as_view(next_page="tutoring-sign-in"), name="tutoring-sign-out"),
    path("calendar/<str:token>.ics", calendars.calendar, name="calendar-feed"),
]
