"""The read side: what our own endpoints show, as frozen DTOs."""

from contexts.courses.queries.catalogue import (
    CourseDetail,
    CourseFilter,
    CourseRow,
    CourseSummary,
    OutlinedLesson,
    OutlinedUnit,
    UnitNotes,
    course_detail,
    course_summary,
    courses,
    first_courses,
    unit_notes,
    units_of,
)
from contexts.courses.queries.enrollments import (
    EnrollmentSummary,
    LessonProgress,
    enrollment,
    enrollment_summary,
    enrollments_of,
    progress,
    progress_by_enrollment,
)
from contexts.courses.queries.lessons import (
    LessonContent,
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
