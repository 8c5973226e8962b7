from contexts.courses.models.content import Course, CourseVersion, Exercise, Lesson, Unit, Word
from contexts.courses.models.learning import Attempt, Enrollment, LessonCompletion, Memory

__all__ = [
    "Attempt",
    "Course",
    "CourseVersion",
    "Enrollment",
    "Exercise",
    "Lesson",
    "LessonCompletion",
    "Memory",
    "Unit",
    "Word",
]
