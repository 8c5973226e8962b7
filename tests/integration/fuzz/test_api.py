"""Schemathesis against our own OpenAPI file: it describes every answer."""

import re
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from tests.integration.fuzz.asking import (
    ACTORS,
    CHECKS,
    EXAMPLES,
    FEW,
    KNOWN,
    OPERATIONS,
    known,
    many,
)
from tests.operations.world import World

pytestmark = pytest.mark.django_db

# Generating a request costs more than answering it: the other roles send a few of the learner's.
SHARED = max(EXAMPLES // 5, 1)
OTHERS = ("anonymous", *(role for role in ACTORS if role != "learner"))


class TestWhatIsKnown:
    def test_has_an_id_for_each_place_of_an_address(self) -> None:
        places = {name for label in OPERATIONS for name in re.findall(r"{(\w+)}", label)}

        assert places - {"provider"} <= KNOWN.keys()

    @pytest.mark.parametrize("role", ACTORS)
    def test_is_found_by_somebody(self, role: str, world: World) -> None:
        for record in ACTORS[role]:
            answer = world.ask(record, role)
            assert answer.status_code == 200, (record, answer.content)


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("label", OPERATIONS)
class TestEveryAnswer:
    def test_is_one_that_is_promised(self, label: str, mode: GenerationMode, world: World) -> None:
        operation = OPERATIONS[label]
        # In the short run one role sends wrong requests: one piece of code refuses them for all.
        shared = mode is GenerationMode.POSITIVE or EXAMPLES >= FEW
        number = count()

        @many(EXAMPLES)
        @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
        def ask(case: Any, data: Any) -> None:
            known(data.draw, case.path_parameters, label)
            known(data.draw, case.query, label)
            known(data.draw, case.body, label)
            others = OTHERS if shared and next(number) < SHARED else ()
            for role in ("learner", *others):
                response = case.call(headers=world.headers_of(role))
                case.validate_response(response, checks=CHECKS)

        # No text is wrong for some operations.
        with suppress(Unsatisfiable):
            ask()
