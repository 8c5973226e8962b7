"""Beginning a course, and moving to its newest version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.courses.application.ports import Catalogue, EnrollmentRepository
from contexts.courses.domain.enrollments import Enrollment
from contexts.shared.kernel import Conflict


class AlreadyEnrolled(Conflict):
    code = "already_enrolled"
    message = "You are enrolled in this course."


@dataclass(frozen=True)
class Enrollments:
    catalogue: Catalogue
    enrollments: EnrollmentRepository

    def enroll(self, *, enrollment_id: UUID, learner_id: UUID, course: str, now: datetime) -> UUID:
        """Begin a course on its current version. Returns the present enrollment if there is one.

        Raises CourseNotFound, AlreadyEnrolled.
        """
        current = self.catalogue.current(course)
        existing = self.enrollments.find(learner_id=learner_id, course=course)
        if existing is not None:
            return existing
        enrollment = Enrollment(
            id=enrollment_id,
            learner_id=learner_id,
            course=course,
            version_id=current.version_id,
            enrolled_at=now,
        )
        enrollment.begin(language=current.language, level=current.level, now=now)
        self.enrollments.add(enrollment, now=now)
        return enrollment.id

    def move_on(self, *, enrollment_id: UUID, learner_id: UUID) -> None:
        """Move to the course's newest version. Progress and memory stay with their ids."""
        enrollment = self.enrollments.take(enrollment_id, learner_id=learner_id)
        enrollment.version_id = self.catalogue.current(enrollment.course).version_id
        self.enrollments.move(enrollment)


class Enroll(Protocol):
    def __call__(
        self, *, enrollment_id: UUID, learner_id: UUID, course: str, now: datetime
    ) -> UUID: ...


def enroll_once(
    enroll: Enroll, *, enrollment_id: UUID, learner_id: UUID, course: str, now: datetime
) -> UUID:
    """Begin a course; return the id of the learner's only enrollment in it.

    Raises CourseNotFound.
    """
    arguments = {"enrollment_id": enrollment_id, "learner_id": learner_id}
    try:
        return enroll(**arguments, course=course, now=now)
    except AlreadyEnrolled:
        # A parallel call was faster. A new transaction sees its enrollment.
        return enroll(**arguments, course=course, now=now)
