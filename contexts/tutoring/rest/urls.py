from django.urls import path

from contexts.tutoring.rest import lessons, views

urlpatterns = [
    path("tutoring/application", views.Application.as_view(), name="tutor-application"),
    path("tutoring/availability", views.Availability.as_view(), name="availability"),
    path("tutoring/availability/overrides", views.Overrides.as_view(), name="overrides"),
    path("tutoring/availability/travels", views.Travels.as_view(), name="travels"),
    path("tutoring/policies", views.Policies.as_view(), name="policies"),
    path("tutoring/tutors", views.Tutors.as_view(), name="tutors"),
    path("tutoring/tutors/<uuid:tutor>", views.Tutor.as_view(), name="tutor"),
    path("tutoring/tutors/<uuid:tutor>/slots", views.Slots.as_view(), name="slots"),
    path("tutoring/lessons", lessons.Lessons.as_view(), name="booked-lessons"),
    path("tutoring/lessons/<uuid:lesson>", lessons.Lesson.as_view(), name="booked-lesson"),
    path(
        "tutoring/lessons/<uuid:lesson>/cancellation",
        lessons.Cancellation.as_view(),
        name="lesson-cancellation",
    ),
    path(
        "tutoring/lessons/<uuid:lesson>/rescheduling",
        lessons.Rescheduling.as_view(),
        name="rescheduling",
    ),
    path(
        "tutoring/lessons/<uuid:lesson>/completion",
        lessons.Completion.as_view(),
        name="completion",
    ),
    path("tutoring/lessons/<uuid:lesson>/absence", lessons.Absence.as_view(), name="absence"),
    path("tutoring/lessons/<uuid:lesson>/room", lessons.Room.as_view(), name="room"),
    path("tutoring/calendar", lessons.Calendar.as_view(), name="calendar"),
]
