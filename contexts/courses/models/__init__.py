from contexts.courses.models.content import Course, CourseVersion, Exercise, Lesson, Unit, Word
from contexts.courses.models.learning import Attempt, Card, Enrollment, LessonCompletion, Memory
from contexts.courses.models.people import Learner
