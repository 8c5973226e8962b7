from django.urls import path

from contexts.courses.rest import enrollments as views

urlpatterns = [
    path("courses", views.Courses.as_view(), name="courses"),
    path("courses/<slug:course>", views.Course.as_view(), name="course"),
    path("courses/<slug:course>/units/<slug:unit>", views.UnitNotes.as_view(), name="unit-notes"),
    path("enrollments", views.Enrollments.as_view(), name="enrollments"),
    path("enrollments/<uuid:enrollment>", views.Enrollment.as_view(), name="enrollment"),
    path("enrollments/<uuid:enrollment>/progress", views.Progress.as_view(), name="progress"),
    path("enrollments/<uuid:enrollment>/move-on", views.MoveOn.as_view(), name="move-on"),
    path(
        "enrollments/<uuid:enrollment>/next-lesson", views.NextLesson.as_view(), name="next-lesson"
    ),
    path("enrollments/<uuid:enrollment>/answers", views.Answers.as_view(), name="answers"),
    path(
        "enrollments/<uuid:enrollment>/lessons/<str:lesson>", views.Lesson.as_view(), name="lesson"
    ),
    path(
        "enrollments/<uuid:enrollment>/lessons/<str:lesson>/completion",
        views.LessonCompletion.as_view(),
        name="lesson-completion",
    ),
    path("reviews", views.Reviews.as_view(), name="reviews"),
]
