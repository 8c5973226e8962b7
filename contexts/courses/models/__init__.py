from contexts.courses.models.content import Course, CourseVersion, Exercise, Lesson, Unit, Word
from contexts.courses.models.learning import Attempt, Card, Enrollment, LessonCompletion, Memory
from contexts.courses.models.people import Block, Learner

__all__ = [
    "Attempt",
    "Block",
    "Card",
    "Course",
    "CourseVersion",
    "Enrollment",
    "Exercise",
    "Learner",
    "Lesson",
    "LessonCompletion",
    "Memory",
    "Unit",
    "Word",
]
