"""A call that succeeds for every route of tutoring, and what must be there for it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from contexts.shared.kernel import now
from tests.factories.identity import UserFactory
from tests.factories.tutoring import (
    LessonFactory,
    PersonFactory,
    approved_tutor,
    book,
    learner_with,
    on_the_hour,
)
from tests.integration.http.samples.call import Call

# Routes that answer in HTML or otherwise not in problems; other tests have theirs.
PAGES: frozenset[str] = frozenset(
    {
        "calendar-feed",
        "tutoring-act",
        "tutoring-home",
        "tutoring-hours",
        "tutoring-requests",
        "tutoring-room",
        "tutoring-sign-in",
        "tutoring-sign-out",
        "tutoring-week",
    }
)

# Whoever has these roles teaches; the learner learns from them.
TUTOR = ("tutor",)
TEACHING = UUID("01890000-0000-7000-8000-0000000000d1")
AHEAD = UUID("01890000-0000-7000-8000-0000000000d2")
OPEN = UUID("01890000-0000-7000-8000-0000000000d3")
OVER = UUID("01890000-0000-7000-8000-0000000000d4")

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
_HOURS = {"start": "10:00", "end": "12:00"}
_BOOKING = {
    "tutor": str(TEACHING),
    "starts_at": on_the_hour(days=5).isoformat(),
    "language": "en-GB",
}
_LATER = {"starts_at": on_the_hour(days=6).isoformat()}
_WINDOW = ("from", "to")
_PAGES = ("cursor", "page_size")

CALLS: tuple[Call, ...] = (
    Call(route="tutor-application", roles=TUTOR),
    Call(
        route="tutor-application",
        method="POST",
        body={"languages": ["en"], "introduction": "I teach.", "time_zone": "Asia/Tokyo"},
        status=201,
    ),
    Call(route="availability", roles=TUTOR),
    Call(route="availability", method="PUT", body=_WEEK, roles=TUTOR),
    Call(
        route="overrides",
        method="PUT",
        body={"overrides": [{"date": "2030-01-31", "off": True, "hours": [_HOURS]}]},
        roles=TUTOR,
    ),
    Call(
        route="travels",
        method="PUT",
        body={
            "travels": [{"first": "2030-01-31", "last": "2030-02-07", "time_zone": "Asia/Tokyo"}]
        },
        roles=TUTOR,
    ),
    Call(route="policies"),
    Call(route="tutors", params=("language", *_WINDOW, *_PAGES)),
    Call(route="tutor", path={"tutor": TEACHING}),
    Call(route="slots", path={"tutor": TEACHING}, params=_WINDOW),
    Call(route="booked-lessons", params=("state", "role", *_WINDOW, *_PAGES)),
    Call(route="booked-lessons", method="POST", body=_BOOKING, status=201),
    Call(route="booked-lesson", path={"lesson": AHEAD}),
    Call(route="lesson-cancellation", method="POST", path={"lesson": AHEAD}),
    Call(route="rescheduling", method="POST", path={"lesson": AHEAD}, body=_LATER),
    Call(route="completion", method="POST", path={"lesson": OVER}, roles=TUTOR),
    Call(route="absence", method="POST", path={"lesson": OVER}),
    Call(route="room", method="POST", path={"lesson": OPEN}),
    Call(route="calendar", method="POST", status=201),
)


def stage(world: Any) -> None:
    """Put what the calls ask for into the world of tests/integration/http/world.py."""
    world.others[TUTOR] = UserFactory(id=TEACHING, roles=TUTOR)
    approved_tutor(TEACHING)
    PersonFactory(id=world.learner.pk)
    learner_with(3, world.learner.pk)
    book(world.learner.pk, TEACHING, on_the_hour(days=3), lesson_id=AHEAD)
    pair = {"learner_id": world.learner.pk, "tutor_id": TEACHING}
    LessonFactory(id=OPEN, starts_at=now() - timedelta(minutes=5), **pair)
    LessonFactory(id=OVER, starts_at=now() - timedelta(hours=3), **pair)


def _send(world: Any, call: Call, **changes: Any) -> Any:
    whole = {**world.body(call), **changes}
    return world.send(call, json.dumps(whole).encode() if whole else None)


def _with(**changes: Any) -> Callable[[Any, Call], Any]:
    return lambda world, call: _send(world, call, **changes)


def _about(lesson: UUID) -> Callable[[Any, Call], Any]:
    return lambda world, call: world.send(call, url=call.url(lesson=lesson))


def _as(*roles: str) -> Callable[[Any, Call], Any]:
    def send(world: Any, call: Call) -> Any:
        other = Call(
            route=call.route, method=call.method, path=call.path, body=call.body, roles=roles
        )
        return _send(world, other)

    return send


def _twice(world: Any, call: Call) -> Any:
    assert _send(world, call).status_code < 300
    return _send(world, call)


def _key_twice(world: Any, call: Call) -> Any:
    headers = {**world.headers(call), "Idempotency-Key": "one"}
    body = json.dumps(world.body(call)).encode() if call.body else None
    assert world.send(call, body, headers=headers).status_code < 300
    other = json.dumps({**world.body(call), "another": "request"}).encode()
    return world.send(call, other, headers=headers)


_TWO = [{"weekday": 1, **_HOURS}, {"weekday": 1, **_HOURS}]
# How an operation comes to a documented status, where the general ways of
# tests/integration/http/test_documented_statuses.py do not lead there.
OWN: dict[tuple[str, int], Callable[[Any, Call], Any]] = {
    ("get_application", 404): _as("learner"),
    ("apply_to_teach", 409): _twice,
    ("apply_to_teach", 422): _with(time_zone="Moon/Base"),
    ("get_availability", 404): _as("learner"),
    ("set_hours", 404): _as("learner"),
    ("set_hours", 422): _with(rules=_TWO),
    ("set_overrides", 404): _as("learner"),
    ("set_overrides", 422): _with(
        overrides=[{"date": "2030-01-31", "off": False, "hours": [_HOURS, _HOURS]}]
    ),
    ("set_travels", 404): _as("learner"),
    ("set_travels", 422): _with(
        travels=[{"first": "2030-01-31", "last": "2030-01-01", "time_zone": "UTC"}]
    ),
    ("book_lesson", 404): _with(tutor=str(OVER)),
    ("book_lesson", 409): _twice,
    ("book_lesson", 422): _with(language="fr"),
    ("cancel_lesson", 409): _about(OVER),
    ("cancel_lesson", 422): _key_twice,
    ("reschedule_lesson", 403): _as(*TUTOR),
    ("reschedule_lesson", 409): _with(starts_at="2099-01-01T00:00:00Z"),
    ("reschedule_lesson", 422): _key_twice,
    ("complete_booked_lesson", 403): _as("learner"),
    ("complete_booked_lesson", 409): _about(AHEAD),
    ("complete_booked_lesson", 422): _key_twice,
    ("report_absence", 409): _about(AHEAD),
    ("report_absence", 422): _key_twice,
    ("enter_room", 409): _about(AHEAD),
}
