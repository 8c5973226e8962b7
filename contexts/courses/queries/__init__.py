"""The read side of courses: frozen DTOs and querysets."""

from contexts.courses.queries.answers import Edit, Grade, Reviewed, to_grade
from contexts.courses.queries.catalogue import (
    Course,
    CourseDetail,
    CourseFilter,
    CourseRow,
    Goal,
    OutlinedLesson,
    OutlinedUnit,
    Unit,
    UnitNotes,
    course_detail,
    courses,
    first_courses,
    to_course,
    unit_notes,
    units_of,
)
from contexts.courses.queries.enrollments import (
    Enrollment,
    LessonProgress,
    Progress,
    enrollment,
    enrollments_of,
    progress,
    progress_by_enrollment,
    to_enrollment,
)
from contexts.courses.queries.lessons import (
    Lesson,
    NextLesson,
    lesson,
    lessons_named,
    next_lesson,
    next_lessons,
)
from contexts.courses.queries.reviews import (
    DueItem,
    DueRow,
    ReviewFilter,
    due_items,
    first_reviews,
    review_queue,
)
