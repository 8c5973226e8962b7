"""What each mutation asks of the databases: recorded beside what each query does."""

import pytest

from tests.integration.graphql.test_statements import BUDGETS, MUTATIONS, watched
from tests.integration.roles.graphql import ask, outcome
from tests.integration.roles.rows import table
from tests.integration.roles.stage import Stage, undone

ROWS = table("graphql")


@pytest.mark.django_db
class TestAMutation:
    @pytest.mark.parametrize("operation", MUTATIONS)
    def test_asks_what_is_recorded(self, operation: str, stage: Stage) -> None:
        row = ROWS[operation]
        role = next((role for role, said in row.items() if said == "ok"), "learner")

        with undone():
            answer, statements = watched(
                lambda: ask(stage, operation, role), known=role != "anonymous"
            )

        assert outcome(answer.json()) == row[role], answer.content
        most = BUDGETS[operation]["statements"]
        least = BUDGETS[operation].get("at_least", most)
        assert least <= len(statements) <= most, "\n".join(statements)
