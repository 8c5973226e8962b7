"""The read side: what our own endpoints show, as frozen DTOs."""

from contexts.courses.queries.catalogue import (
    CourseDetail,
    CourseFilter,
    CourseRow,
    CourseSummary,
    UnitNotes,
    course_detail,
    course_summary,
    courses,
    first_courses,
    unit_notes,
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

__all__ = [
    "CourseDetail",
    "CourseFilter",
    "CourseRow",
    "CourseSummary",
    "DueItem",
    "DueRow",
    "EnrollmentSummary",
    "LessonContent",
    "LessonProgress",
    "ReviewFilter",
    "UnitNotes",
    "course_detail",
    "course_summary",
    "courses",
    "due_items",
    "enrollment",
    "enrollment_summary",
    "enrollments_of",
    "first_courses",
    "first_reviews",
    "lesson",
    "lessons_named",
    "next_lesson",
    "next_lessons",
    "progress",
    "progress_by_enrollment",
    "review_queue",
    "unit_notes",
]
