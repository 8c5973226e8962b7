from contexts.tutoring.models.lessons import Lesson, LessonCell
from contexts.tutoring.models.people import Block, CalendarFeed, Person, kept_apart
from contexts.tutoring.models.tutors import Tutor, TutorLanguage
