"""The learner's enrollments, memories, attempts and completed lessons."""

from typing import TYPE_CHECKING

from tests.factories.courses import (
    CourseFactory,
    EnrollmentFactory,
    MemoryFactory,
    answered,
    completed,
    published_course,
)
from tests.operations.ids import ENROLLMENT, FOREIGN

if TYPE_CHECKING:
    from tests.operations.world import World

LESSON = "hello.l.greet"
_EXERCISES = ("hello.e.card", "hello.e.choice", "hello.e.truth")


def stage(world: "World") -> None:
    course, learner_id = published_course(), world.learner.pk
    CourseFactory.create_batch(world.size)
    EnrollmentFactory.create_batch(world.size, learner_id=learner_id)
    EnrollmentFactory(id=FOREIGN, course=course)
    mine = EnrollmentFactory(id=ENROLLMENT, course=course, learner_id=learner_id)
    MemoryFactory(enrollment=mine, word_key="hello.w.adios")
    MemoryFactory.create_batch(world.size, enrollment=mine)
    for exercise in _EXERCISES:
        answered(mine, LESSON, exercise, times=world.size)
    completed(mine, [f"gone.l.{number}" for number in range(world.size)])
