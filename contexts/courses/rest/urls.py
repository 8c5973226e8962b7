from django.urls import path

from contexts.courses.rest import answers, catalogue, enrollments, lessons, reviews

_ENROLLMENT = "enrollments/<uuid:enrollment>"

urlpatterns = [
    path("courses", catalogue.Courses.as_view(), name="courses"),
    path("courses/<slug:course>", catalogue.Course.as_view(), name="course"),
    path(
        "courses/<slug:course>/units/<slug:unit>", catalogue.UnitNotes.as_view(), name="unit-notes"
    ),
    path("enrollments", enrollments.Enrollments.as_view(), name="enrollments"),
    path(_ENROLLMENT, enrollments.Enrollment.as_view(), name="enrollment"),
    path(f"{_ENROLLMENT}/progress", enrollments.Progress.as_view(), name="progress"),
    path(f"{_ENROLLMENT}/move-on", enrollments.MoveOn.as_view(), name="move-on"),
    path(f"{_ENROLLMENT}/next-lesson", lessons.NextLesson.as_view(), name="next-lesson"),
    path(f"{_ENROLLMENT}/answers", answers.Answers.as_view(), name="answers"),
    path(f"{_ENROLLMENT}/lessons/<str:lesson>", lessons.Lesson.as_view(), name="lesson"),
    path(
        f"{_ENROLLMENT}/lessons/<str:lesson>/completion",
        lessons.LessonCompletion.as_view(),
        name="lesson-completion",
    ),
    path("reviews", reviews.Reviews.as_view(), name="reviews"),
]
