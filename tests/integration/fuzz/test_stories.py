"""Schemathesis follows links: later requests use the ids in earlier answers."""

from collections import Counter
from typing import Any

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.fuzz.asking import ACTORS, CHECKS, EXAMPLES, FEW, SCHEMA, many
from tests.operations.world import World

pytestmark = pytest.mark.django_db

STEPS = 20


class TestAStory:
    @pytest.mark.parametrize("role", ACTORS if EXAMPLES >= FEW else ["learner"])
    def test_gets_answers_that_are_promised(self, role: str, world: World) -> None:
        headers = world.headers_of(role)
        answers: Counter[tuple[str, int]] = Counter()

        class Story(SCHEMA.as_state_machine()):
            def get_call_kwargs(self, case: Any) -> dict[str, Any]:
                return {"headers": headers}

            def validate_response(self, response: Any, case: Any, **_: Any) -> None:
                answers[case.operation.label, response.status_code] += 1
                case.validate_response(response, checks=CHECKS)

        run_state_machine_as_test(Story, settings=many(EXAMPLES, stateful_step_count=STEPS))

        steps = sum(answers.values())
        assert steps > 2 * EXAMPLES, "stories end with what they begin with"
