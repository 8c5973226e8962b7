from django.urls import path

from contexts.tutoring.web import feeds

urlpatterns = [
    path("calendar/<str:token>.ics", feeds.calendar, name="calendar-feed"),
]
