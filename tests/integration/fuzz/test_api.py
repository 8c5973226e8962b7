"""Schemathesis against our own OpenAPI description: every answer is one that it promises."""

import re
from contextlib import suppress
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
    headers_of,
    known,
    many,
)
from tests.integration.http.samples import billing, community, tutoring
from tests.integration.http.world import ENROLLMENT, SOMEBODY, World

pytestmark = pytest.mark.django_db

# In the short run what is wrong is sent by one of them; the door that refuses it is one for all.
KINDS = [
    pytest.param(role, mode, id=f"{mode.value}-{role}")
    for role in ("stranger", *ACTORS)
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or role == "learner" or EXAMPLES >= FEW
]


class TestWhatIsKnown:
    def test_has_an_id_for_each_place_of_an_address(self) -> None:
        places = {name for label in OPERATIONS for name in re.findall(r"{(\w+)}", label)}

        assert places - {"provider"} <= KNOWN.keys()

    @pytest.mark.parametrize("role", ACTORS)
    def test_is_found_by_somebody(self, role: str, world: World) -> None:
        paths = {
            "learner": (f"billing/checkouts/{billing.CHECKOUT}", "billing/wallet"),
            "native": (f"community/submissions/{community.HELD}", "community/feed"),
            "tutor": (f"tutoring/lessons/{tutoring.AHEAD}", "tutoring/availability"),
            "moderator": (f"tutoring/tutors/{tutoring.TEACHING}", "me"),
            "staff": (f"events/{ENROLLMENT}", f"people/{SOMEBODY}"),
        }[role]

        for path in paths:
            answer = world.client.get(f"/api/v1/{path}", headers=headers_of(world, role))
            assert answer.status_code == 200, (path, answer.content)


@pytest.mark.parametrize(("role", "mode"), KINDS)
@pytest.mark.parametrize("label", OPERATIONS)
class TestEveryAnswer:
    def test_is_one_that_is_promised(
        self, label: str, role: str, mode: GenerationMode, world: World
    ) -> None:
        operation = OPERATIONS[label]
        headers = headers_of(world, role)

        @many(EXAMPLES if role == "learner" else max(EXAMPLES // 5, 1))
        @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
        def ask(case: Any, data: Any) -> None:
            known(data.draw, case.path_parameters, label)
            known(data.draw, case.query, label)
            known(data.draw, case.body, label)
            response = case.call(headers=headers)
            case.validate_response(response, checks=CHECKS)

        # Some operations take whatever text there is: nothing about it can be wrong.
        with suppress(Unsatisfiable):
            ask()
