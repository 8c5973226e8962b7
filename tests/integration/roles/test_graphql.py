"""Who may do what over GraphQL: graphql.toml, read by a human, against what is answered."""

import pytest

from tests.integration.roles.arguments import ARGUMENTS
from tests.integration.roles.graphql import answers, operations
from tests.integration.roles.rows import gaps, let_in, table
from tests.integration.roles.stage import Stage

ROWS = table("graphql")
OPERATIONS = list(operations())
# Whoever has no account may do this, and nothing else.
OPEN = {
    "Query.courses",
    "Query.course",
    "Mutation.register",
    "Mutation.signIn",
    "Mutation.refresh",
    "Mutation.verifyAddress",
    "Mutation.resendVerification",
    "Mutation.requestPasswordReset",
    "Mutation.resetPassword",
}
# What is free to be taken, counts how often it was used, or is opened by a mailed token.
MOVES = {
    "Mutation.verifyAddress": {"identity.User"},
    "Mutation.resetPassword": {"identity.Session", "identity.User"},
    "Mutation.takeText": {"community.Submission"},
    "Mutation.takeNextText": {"community.Submission"},
    "Mutation.redeemVoucher": {"billing.Voucher"},
}


class TestTheRows:
    def test_are_there_for_every_field_and_no_other(self) -> None:
        assert gaps(ROWS, OPERATIONS) == set()

    def test_are_missed_where_a_field_is_new_or_gone(self) -> None:
        assert gaps(ROWS, [*OPERATIONS, "Query.diary"]) == {"Query.diary"}
        assert gaps(ROWS, OPERATIONS[1:]) == {OPERATIONS[0]}

    def test_have_arguments_only_for_fields_that_there_are(self) -> None:
        assert set(ARGUMENTS) <= set(OPERATIONS)

    def test_let_strangers_do_no_more_than_named(self) -> None:
        assert {name for name, row in ROWS.items() if "anonymous" in let_in(row)} == OPEN
        assert {row["anonymous"] for name, row in ROWS.items() if name not in OPEN} == {
            "not_authenticated"
        }

    def test_let_staff_do_no_more_than_learners(self) -> None:
        staff = {"moderator", "support", "finance", "admin"}
        more = {
            name for name, row in ROWS.items() if let_in(row) & staff and "other" not in let_in(row)
        }

        assert more == set()

    def test_break_for_nobody(self) -> None:
        broken = {"server_error", "graphql_invalid", "graphql_limit", "graphql_malformed"}

        assert [name for name, row in ROWS.items() if broken & set(row.values())] == []


@pytest.mark.django_db
class TestAField:
    @pytest.mark.parametrize("operation", ROWS)
    def test_answers_each_role_as_its_row_says(self, operation: str, stage: Stage) -> None:
        found = answers(stage, operation)

        assert found.row == ROWS[operation]
        assert found.told == {}
        assert found.moved == MOVES.get(operation, set())

    def test_does_not_answer_as_a_wrong_row_says(self, stage: Stage) -> None:
        found = answers(stage, "Query.checkout")

        assert found.row != {**ROWS["Query.checkout"], "other": "ok"}
