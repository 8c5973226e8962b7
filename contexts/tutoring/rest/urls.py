from django.urls import path

from contexts.tutoring.rest import (
    availability,
    calendars,
    lessons,
    policies,
    rooms,
    slots,
    tutors,
)

_LESSON = "tutoring/lessons/<uuid:lesson>"
_TUTOR = "tutoring/tutors/<uuid:tutor>"
_HOURS = "tutoring/availability"

urlpatterns = [
    path("tutoring/application", tutors.Application.as_view(), name="tutor-application"),
    path("tutoring/application/state", tutors.TutorStateView.as_view(), name="tutor-state"),
    path(_HOURS, availability.AvailabilityView.as_view(), name="availability"),
    path(f"{_HOURS}/overrides", availability.OverridesView.as_view(), name="overrides"),
    path(f"{_HOURS}/travels", availability.TravelsView.as_view(), name="travels"),
    path("tutoring/policies", policies.Policies.as_view(), name="policies"),
    path("tutoring/tutors", tutors.Tutors.as_view(), name="tutors"),
    path(_TUTOR, tutors.Tutor.as_view(), name="tutor"),
    path(f"{_TUTOR}/slots", slots.Slots.as_view(), name="slots"),
    path("tutoring/lessons", lessons.Lessons.as_view(), name="booked-lessons"),
    path(_LESSON, lessons.Lesson.as_view(), name="booked-lesson"),
    path(f"{_LESSON}/cancellation", lessons.Cancellation.as_view(), name="lesson-cancellation"),
    path(f"{_LESSON}/rescheduling", lessons.Rescheduling.as_view(), name="rescheduling"),
    path(f"{_LESSON}/completion", lessons.Completion.as_view(), name="completion"),
    path(f"{_LESSON}/absence", lessons.Absence.as_view(), name="absence"),
    path(f"{_LESSON}/absence/answer", lessons.AbsenceAnswer.as_view(), name="absence-answer"),
    path(f"{_LESSON}/room", rooms.Room.as_view(), name="room"),
    path("tutoring/calendar", calendars.CalendarView.as_view(), name="calendar"),
]
