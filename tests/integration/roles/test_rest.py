"""Who may do what over REST: rest.toml, read by a human, against what is answered."""

import pytest

from tests.integration.roles.rest import SAMPLES, answers, operations
from tests.integration.roles.rows import gaps, let_in, table
from tests.integration.roles.stage import ROLES, Stage

ROWS = table("rest")
OPERATIONS = list(operations())
# Whoever has no account may do this, and nothing else.
OPEN = {
    "POST register",
    "POST verify-address",
    "POST resend-verification",
    "POST sign-in",
    "POST refresh",
    "POST password-reset",
    "POST request-reset",
    "GET courses",
    "GET course",
    "GET unit-notes",
    "POST graphql",
    "GET healthz",
    "GET readyz",
    "GET metrics",
}
STAFF = {
    "GET event-log": {"support", "admin"},
    "GET clock": {"admin"},
    "POST clock": {"admin"},
}
# Whoever calls this has a secret instead of a role.
BY_SECRET = {"POST webhooks"}
# What is moved for whoever has the proof, is free to be taken, or counts how often it was used.
MOVES = {
    "POST verify-address": {"identity.User"},
    "POST password-reset": {"identity.User", "identity.Session"},
    "POST lease": {"community.Submission"},
    "POST next-text": {"community.Submission"},
    "POST redemption": {"billing.Voucher"},
}


class TestTheRows:
    def test_are_there_for_every_operation_and_no_other(self) -> None:
        assert gaps(ROWS, OPERATIONS) == set()

    def test_are_asked_with_a_sample_each(self) -> None:
        assert sorted(SAMPLES) == sorted(OPERATIONS)

    def test_are_missed_where_an_operation_is_new_or_gone(self) -> None:
        assert gaps(ROWS, [*OPERATIONS, "GET diary"]) == {"GET diary"}
        assert gaps(ROWS, OPERATIONS[1:]) == {OPERATIONS[0]}

    def test_are_missed_where_they_leave_out_a_role(self) -> None:
        half = {**ROWS, "GET me": {"anonymous": 401}}

        assert gaps(half, OPERATIONS) == {"GET me"}

    def test_let_strangers_do_no_more_than_named(self) -> None:
        assert {name for name, row in ROWS.items() if "anonymous" in let_in(row)} == OPEN
        assert {row["anonymous"] for name, row in ROWS.items() if name not in OPEN | BY_SECRET} == {
            401
        }

    def test_let_staff_do_no_more_than_named(self) -> None:
        staff = {"moderator", "support", "finance", "admin"}
        more = {
            name: let_in(row) & staff
            for name, row in ROWS.items()
            if let_in(row) & staff and "other" not in let_in(row)
        }

        assert more == STAFF

    def test_let_somebody_come_further_than_refusals(self) -> None:
        shut = {name for name, row in ROWS.items() if set(row.values()) <= {401, 403, 404}}

        assert shut == set()

    def test_break_for_nobody(self) -> None:
        assert [name for name, row in ROWS.items() if max(map(int, row.values())) >= 500] == []


@pytest.mark.django_db
class TestAnOperation:
    @pytest.mark.parametrize("operation", ROWS)
    def test_answers_each_role_as_its_row_says(self, operation: str, stage: Stage) -> None:
        found = answers(stage, operation)

        assert found.row == ROWS[operation]
        assert found.told == {}
        assert found.moved == MOVES.get(operation, set())

    @pytest.mark.parametrize("role", ROLES)
    def test_does_not_answer_as_a_wrong_row_says(self, role: str, stage: Stage) -> None:
        found = answers(stage, "GET booked-lesson")

        assert found.row != {**ROWS["GET booked-lesson"], role: 204}
