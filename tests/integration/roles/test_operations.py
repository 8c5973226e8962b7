"""Each operation answers each role as its record says, over REST and over GraphQL."""

from typing import Any

import pytest

from tests.integration.roles.watching import Watch
from tests.operations import OPERATIONS
from tests.operations.checks import answer_of, gaps
from tests.operations.graphql import ask_graphql, fields, outcome
from tests.operations.pages import NAMES
from tests.operations.record import Operation
from tests.operations.rest import served
from tests.operations.roles import ROLES, STAFF
from tests.operations.tutoring import get_booked_lesson
from tests.operations.world import World

RECORDS = [pytest.param(record, id=name) for name, record in OPERATIONS.items()]
FIELDS = [pytest.param(record, id=name) for name, record in OPERATIONS.items() if record.graphql]
# A person without an account may do this, and nothing else.
OPEN = {
    "register",
    "verify_address",
    "confirm_address",
    "resend_verification",
    "sign_in",
    "refresh_session",
    "reset_password",
    "request_password_reset",
    "get_legal",
    "get_legal_text",
    "list_courses",
    "get_course",
    "get_unit_notes",
    "graphql",
    "get_health",
    "get_readiness",
    "get_metrics",
}
OF_STAFF = {
    "list_events_about": {"support", "admin"},
    "get_clock": {"admin"},
    "advance_clock": {"admin"},
}
# The caller has a secret instead of a role.
BY_SECRET = {"receive_webhook"}


def _ask(world: World, record: Operation, role: str, over: Any = World.ask) -> Any:
    world.prepare(record)
    return over(world, record, role)


class TestTheRecords:
    def test_are_there_for_every_operation_and_no_other(self) -> None:
        assert gaps(OPERATIONS.values()) == set()

    def test_are_missed_for_a_new_operation(self) -> None:
        address, name = "GET /api/v1/diary", "diary"

        assert gaps(OPERATIONS.values(), addresses=served(but=NAMES) | {address}) == {address}
        assert gaps(OPERATIONS.values(), names=fields() | {name}) == {name}

    def test_are_missed_when_one_is_gone(self) -> None:
        others = [record for record in OPERATIONS.values() if record is not get_booked_lesson]

        assert gaps(others) == {"GET /api/v1/tutoring/lessons/{lesson}", "bookedLesson"}

    def test_are_refused_for_an_operation_that_is_not_served(self) -> None:
        diary = Operation(rest="GET /diary", graphql="diary", allowed=STAFF)

        assert gaps([*OPERATIONS.values(), diary]) == {"GET /api/v1/diary", "diary"}

    def test_let_strangers_do_no_more_than_named(self) -> None:
        public = {name for name, record in OPERATIONS.items() if "anonymous" in record.allowed}
        answers = {
            record.answer_to("anonymous")
            for name, record in OPERATIONS.items()
            if name not in OPEN | BY_SECRET
        }

        assert public == OPEN
        assert answers == {"401 not_authenticated"}

    def test_let_staff_do_no_more_than_named(self) -> None:
        more = {
            name: record.allowed & STAFF
            for name, record in OPERATIONS.items()
            if record.allowed & STAFF and "other" not in record.allowed
        }

        assert more == OF_STAFF

    def test_let_someone_in(self) -> None:
        shut = {name for name, record in OPERATIONS.items() if not record.allowed}

        assert shut == BY_SECRET


@pytest.mark.django_db
@pytest.mark.parametrize("record", RECORDS)
class TestOverRest:
    def test_answers_each_role_as_its_record_says(self, record: Operation, watch: Watch) -> None:
        responses, secrets, changes = watch.answers(
            lambda role: _ask(watch.world, record, role), tells=record.tells
        )

        row = {role: answer_of(response) for role, response in responses.items()}
        assert row == {role: record.answer_to(role) for role in ROLES}
        assert secrets == {}
        assert changes == record.moves


@pytest.mark.django_db
@pytest.mark.parametrize("record", FIELDS)
class TestOverGraphQL:
    def test_answers_each_role_as_its_record_says(self, record: Operation, watch: Watch) -> None:
        responses, secrets, changes = watch.answers(
            lambda role: _ask(watch.world, record, role, over=ask_graphql), tells=record.tells
        )

        row = {role: outcome(response.json()) for role, response in responses.items()}
        assert row == {role: record.outcome_for(role) for role in ROLES}
        assert secrets == {}
        assert changes == record.moves


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
class TestAWrongRecord:
    def test_is_seen_by_each_role(self, role: str, watch: Watch) -> None:
        response = watch.world.ask(get_booked_lesson, role)

        assert answer_of(response) == get_booked_lesson.answer_to(role) != "204"
