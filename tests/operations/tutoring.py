"""Operations on tutors, their hours, and lessons with them."""

from datetime import timedelta
from typing import Any

from contexts.shared.kernel import now
from tests.factories.tutoring import on_the_hour
from tests.operations.ids import AHEAD, ALONE, OPEN, OVER, REPORTED, TEACHING
from tests.operations.record import Operation
from tests.operations.roles import LEARNER, NOT_APART, SIGNED_IN, TEACHER, TUTORS
from tests.operations.staging.tutoring import leave, pause_by_staff, week
from tests.operations.ways import about, after, body, by, twice
from tests.operations.world import World

_WISH = {"languages": ["en"], "introduction": "I teach.", "time_zone": "Asia/Tokyo"}
_WEEK = {
    "time_zone": "Europe/Madrid",
    "lesson_minutes": 60,
    "grid_minutes": 30,
    "notice_minutes": 720,
    "horizon_days": 60,
    "buffer_minutes": 15,
    "policy": "graded.v1",
    "rules": [{"weekday": 1, "start": "09:00", "end": "24:00"}],
}
# In a month: a pause ends within a year.
_BACK_ON = (now() + timedelta(days=30)).date().isoformat()
_HOURS = {"start": "10:00", "end": "12:00"}
_TWICE = [{"weekday": 1, **_HOURS}, {"weekday": 1, **_HOURS}]
_DAY = {"date": "2030-01-31"}
_TRAVEL = {"first": "2030-01-31", "last": "2030-02-07", "time_zone": "Asia/Tokyo"}


def _resume_after_staff(world: World, operation: Operation) -> Any:
    pause_by_staff(world)
    return world.ask(operation, state="active", reason="", until=None)


def _days_off(size: int) -> dict[str, Any]:
    days = (now() + timedelta(days=number) for number in range(size))
    return {"overrides": [{"date": f"{day:%Y-%m-%d}", "off": True, "hours": []} for day in days]}


get_application = Operation(
    rest="GET /tutoring/application",
    graphql="tutorApplication",
    allowed=TUTORS,
    by=TEACHER,
    others="404 not_a_tutor",
    statements=1,
)
apply_to_teach = Operation(
    rest="POST /tutoring/application",
    graphql="applyToTeach",
    sample=_WISH,
    status=201,
    allowed=SIGNED_IN - TUTORS,
    others="409 already_a_tutor",
    statements=5,
    refusals={"409 already_a_tutor": twice, "422 unknown_time_zone": body(time_zone="Moon/Base")},
)
change_tutor_profile = Operation(
    rest="PUT /tutoring/application",
    graphql="changeTutorProfile",
    sample={"languages": ["en"], "introduction": "I teach well."},
    allowed=TUTORS,
    by=TEACHER,
    others="404 not_a_tutor",
    statements=4,
    refusals={
        "409 tutor_state": after(leave),
        "422 contact_details": body(introduction="Write to me@example.com"),
        "422 languages_missing": body(languages=[]),
    },
)
set_tutor_state = Operation(
    rest="PUT /tutoring/application/state",
    graphql="setTutorState",
    sample={"state": "paused", "reason": "holiday", "until": _BACK_ON},
    allowed=TUTORS,
    by=TEACHER,
    others="404 not_a_tutor",
    statements=6,
    refusals={
        "409 tutor_state": after(leave),
        "409 paused_by_staff": _resume_after_staff,
        "422 pause_day": body(until="2020-01-31"),
        "422 not_a_pause": body(state="left"),
    },
)
get_availability = Operation(
    rest="GET /tutoring/availability",
    graphql="availability",
    allowed=TUTORS,
    others="404 not_a_tutor",
    statements=1,
)
set_hours = Operation(
    rest="PUT /tutoring/availability",
    graphql="setHours",
    sample=_WEEK,
    much=lambda size: {"rules": week(size)},
    allowed=TUTORS,
    others="404 not_a_tutor",
    statements=4,
    refusals={"422 hours_overlap": body(rules=_TWICE)},
)
set_overrides = Operation(
    rest="PUT /tutoring/availability/overrides",
    graphql="setOverrides",
    sample={"overrides": [{**_DAY, "off": True, "hours": [_HOURS]}]},
    much=_days_off,
    allowed=TUTORS,
    others="404 not_a_tutor",
    statements=4,
    refusals={
        "422 hours_overlap": body(overrides=[{**_DAY, "off": False, "hours": [_HOURS, _HOURS]}])
    },
)
set_travels = Operation(
    rest="PUT /tutoring/availability/travels",
    graphql="setTravels",
    sample={"travels": [_TRAVEL]},
    allowed=TUTORS,
    others="404 not_a_tutor",
    statements=4,
    refusals={"422 travels_overlap": body(travels=[{**_TRAVEL, "last": "2030-01-01"}])},
)
list_policies = Operation(
    rest="GET /tutoring/policies", graphql="lessonPolicies", allowed=SIGNED_IN
)
list_tutors = Operation(
    rest="GET /tutoring/tutors",
    graphql="tutors",
    sample={"language": "en", "from": on_the_hour(days=4).isoformat(), "page_size": 100},
    allowed=SIGNED_IN,
    statements=2,
    graphql_statements=3,
)
get_tutor = Operation(
    rest="GET /tutoring/tutors/{tutor}",
    graphql="tutor(id: $tutor)",
    sample={"tutor": TEACHING},
    allowed=NOT_APART,
    others="404 tutor_not_found",
    statements=1,
    graphql_statements=3,
)
list_slots = Operation(
    rest="GET /tutoring/tutors/{tutor}/slots",
    sample={"tutor": TEACHING},
    allowed=NOT_APART,
    others="404 tutor_not_found",
    statements=2,
)
list_lessons = Operation(
    rest="GET /tutoring/lessons", graphql="bookedLessons", allowed=SIGNED_IN, statements=1
)
book_lesson = Operation(
    rest="POST /tutoring/lessons",
    graphql="bookLesson",
    sample={"tutor": TEACHING, "starts_at": on_the_hour(days=5).isoformat(), "language": "en-GB"},
    status=201,
    allowed=NOT_APART - TEACHER,
    others="404 tutor_not_found",
    but={TEACHER: "422 own_lesson"},
    statements=24,
    contexts=2,
    why="Two transactions of tutoring, 12, around one of billing, 12.",
    graphql_why="The lesson, and in billing the credit that it holds.",
    refusals={
        "404 tutor_not_found": body(tutor=str(OVER)),
        "409 slot_taken": twice,
        "422 language_not_taught": body(language="fr"),
    },
)
get_booked_lesson = Operation(
    rest="GET /tutoring/lessons/{lesson}",
    graphql="bookedLesson(id: $lesson)",
    sample={"lesson": AHEAD},
    allowed=LEARNER | TEACHER,
    others="404 lesson_not_found",
    statements=1,
)
cancel_lesson = Operation(
    rest="POST /tutoring/lessons/{lesson}/cancellation",
    graphql="cancelLesson(id: $lesson)",
    sample={"lesson": AHEAD},
    allowed=LEARNER | TEACHER,
    others="404 lesson_not_found",
    statements=6,
    refusals={"409 lesson_started": about(lesson=OVER)},
)
reschedule_lesson = Operation(
    rest="POST /tutoring/lessons/{lesson}/rescheduling",
    graphql="rescheduleLesson(id: $lesson)",
    sample={"lesson": AHEAD, "starts_at": on_the_hour(days=6).isoformat()},
    allowed=LEARNER,
    others="404 lesson_not_found",
    but={TEACHER: "403 only_the_learner"},
    statements=10,
    refusals={"409 too_far_ahead": body(starts_at="2099-01-01T00:00:00Z")},
)
complete_booked_lesson = Operation(
    rest="POST /tutoring/lessons/{lesson}/completion",
    graphql="completeBookedLesson(id: $lesson)",
    sample={"lesson": OVER},
    allowed=TEACHER,
    others="404 lesson_not_found",
    but={LEARNER: "403 only_the_tutor"},
    statements=6,
    refusals={
        "409 lesson_not_over": about(lesson=AHEAD),
        "409 not_there_yourself": about(lesson=ALONE),
    },
)
report_absence = Operation(
    rest="POST /tutoring/lessons/{lesson}/absence",
    graphql="reportAbsence(id: $lesson)",
    sample={"lesson": ALONE},
    allowed=LEARNER,
    others="404 lesson_not_found",
    but={TEACHER: "409 not_there_yourself"},
    statements=5,
    refusals={
        "409 too_early_to_report": about(lesson=AHEAD),
        "409 not_there_yourself": by(TEACHER),
        "409 other_was_there": about(lesson=OVER),
    },
)
answer_absence = Operation(
    rest="POST /tutoring/lessons/{lesson}/absence/answer",
    graphql="answerAbsence(id: $lesson, agree: $agree)",
    sample={"lesson": REPORTED, "agree": False},
    allowed=LEARNER,
    others="404 lesson_not_found",
    but={TEACHER: "409 nothing_to_answer"},
    statements=5,
    refusals={"409 nothing_to_answer": about(lesson=AHEAD)},
)
enter_room = Operation(
    rest="POST /tutoring/lessons/{lesson}/room",
    graphql="enterLessonRoom(id: $lesson)",
    sample={"lesson": OPEN},
    allowed=LEARNER | TEACHER,
    others="404 lesson_not_found",
    statements=2,
    refusals={"409 room_not_open": about(lesson=AHEAD)},
)
rotate_calendar = Operation(
    rest="POST /tutoring/calendar",
    graphql="rotateCalendar",
    status=201,
    allowed=SIGNED_IN,
    statements=4,
)
