from contexts.courses.models.catalogue import Course, CourseVersion, Exercise, Lesson, Unit, Word
from contexts.courses.models.enrollments import (
    Attempt,
    Card,
    Enrollment,
    LessonCompletion,
    Memory,
    Showing,
)
from contexts.courses.models.learners import Learner
