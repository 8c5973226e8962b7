"""Operations on the catalogue, enrollments, lessons, answers and reviews."""

from typing import Any

from tests.operations.ids import ATTEMPT, ENROLLMENT
from tests.operations.record import Operation
from tests.operations.roles import EVERYBODY, LEARNER, OTHER, SIGNED_IN
from tests.operations.ways import about, body
from tests.operations.world import World


def _attempt_again(world: World, operation: Operation) -> Any:
    """Answer another exercise under the id of a stored attempt."""
    world.ask(operation)
    return world.ask(operation, exercise="hello.e.truth", answer={"value": False})


list_courses = Operation(
    rest="GET /courses", graphql="courses", allowed=EVERYBODY, statements=1, graphql_statements=3
)
get_course = Operation(
    rest="GET /courses/{course}",
    graphql="course",
    sample={"course": "tiny"},
    allowed=EVERYBODY,
    statements=1,
    graphql_statements=3,
)
get_unit_notes = Operation(
    rest="GET /courses/{course}/units/{unit}",
    sample={"course": "tiny", "unit": "hello"},
    allowed=EVERYBODY,
    statements=1,
)
list_enrollments = Operation(
    rest="GET /enrollments",
    graphql="enrollments",
    allowed=SIGNED_IN,
    statements=1,
    graphql_statements=7,
)
enroll = Operation(
    rest="POST /enrollments",
    graphql="enroll",
    sample={"course": "tiny"},
    status=201,
    allowed=SIGNED_IN,
    by=OTHER,
    statements=5,
    graphql_statements=11,
    refusals={"404 course_not_found": body(course="nothing")},
)
get_enrollment = Operation(
    rest="GET /enrollments/{enrollment}",
    graphql="enrollment(id: $enrollment)",
    sample={"enrollment": ENROLLMENT},
    allowed=LEARNER,
    others="404 enrollment_not_found",
    statements=1,
    graphql_statements=7,
)
get_progress = Operation(
    rest="GET /enrollments/{enrollment}/progress",
    sample={"enrollment": ENROLLMENT},
    allowed=LEARNER,
    others="404 enrollment_not_found",
    statements=3,
    why="An overview: the outline, the answers and the completions are a table each.",
)
move_on = Operation(
    rest="POST /enrollments/{enrollment}/move-on",
    graphql="moveOn",
    sample={"enrollment": ENROLLMENT},
    allowed=LEARNER,
    others="404 enrollment_not_found",
    statements=4,
    graphql_statements=10,
)
get_next_lesson = Operation(
    rest="GET /enrollments/{enrollment}/next-lesson",
    sample={"enrollment": ENROLLMENT},
    allowed=LEARNER,
    others="404 enrollment_not_found",
    statements=1,
)
answer = Operation(
    rest="POST /enrollments/{enrollment}/answers",
    graphql="answer",
    sample={
        "enrollment": ENROLLMENT,
        "attempt_id": ATTEMPT,
        "exercise": "hello.e.choice",
        "answer": {"choice": "adiós"},
        "duration_ms": 1200,
    },
    allowed=LEARNER,
    others="404 enrollment_not_found",
    statements=5,
    refusals={
        "403 premium_required": body(exercise="cafe.e.secret", answer={"text": "un té"}),
        "409 attempt_id_reused": _attempt_again,
        "422 malformed_answer": body(answer={"text": "x"}),
    },
)
get_lesson = Operation(
    rest="GET /enrollments/{enrollment}/lessons/{lesson}",
    sample={"enrollment": ENROLLMENT, "lesson": "hello.l.greet"},
    allowed=LEARNER,
    others="404 enrollment_not_found",
    statements=1,
    refusals={"403 premium_required": about(lesson="cafe.l.secret")},
)
complete_lesson = Operation(
    rest="POST /enrollments/{enrollment}/lessons/{lesson}/completion",
    graphql="completeLesson",
    sample={"enrollment": ENROLLMENT, "lesson": "hello.l.greet"},
    allowed=LEARNER,
    others="404 enrollment_not_found",
    statements=10,
    graphql_statements=14,
    graphql_why="It shows the enrollment with its next lesson.",
    refusals={"409 lesson_unfinished": about(lesson="cafe.l.order")},
)
list_reviews = Operation(
    rest="GET /reviews",
    graphql="reviews",
    sample={"enrollment": ENROLLMENT},
    allowed=SIGNED_IN,
    statements=2,
)
