"""Schemathesis against our own OpenAPI description: every answer is one that it promises.

FUZZ_EXAMPLES says how many requests of each kind an operation gets; `make fuzz` sends many.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from busuu.wsgi import application
from tests.factories.identity import access_token
from tests.integration.http.world import ATTEMPT, ENROLLMENT, FOREIGN, World

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))
SCHEMA = schemathesis.openapi.from_wsgi("/api/schema", application)
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
# What lets a request reach further than the first check of its address.
KNOWN = {
    "course": ("tiny",),
    "enrollment": (str(ENROLLMENT), str(FOREIGN)),
    "lesson": ("hello.l.greet", "cafe.l.order"),
    "unit": ("hello", "cafe"),
    "exercise": ("hello.e.choice", "cafe.e.translate", "cafe.e.match"),
    "attempt_id": (str(ATTEMPT),),
}


@pytest.fixture
def world() -> Iterator[World]:
    # As Django's own client does: the end of a request must not close the test's connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield World()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def known(draw: Callable[[Any], Any], container: Any) -> None:
    """Put ids that exist in the place of half of those that were made up."""
    if isinstance(container, dict):
        for name in KNOWN.keys() & container.keys():
            if draw(st.booleans()):
                container[name] = draw(st.sampled_from(KNOWN[name]))


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("role", ["stranger", "learner", "staff"])
@pytest.mark.parametrize("label", OPERATIONS)
class TestEveryAnswer:
    def test_is_one_that_is_promised(
        self, label: str, role: str, mode: GenerationMode, world: World
    ) -> None:
        operation = OPERATIONS[label]
        headers = {}
        if role != "stranger":
            user = world.staff if role == "staff" else world.learner
            headers["Authorization"] = f"Bearer {access_token(user)}"

        @settings(
            max_examples=EXAMPLES if role == "learner" else max(EXAMPLES // 5, 1),
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
        def ask(case: Any, data: Any) -> None:
            known(data.draw, case.path_parameters)
            known(data.draw, case.body)
            response = case.call(headers=headers)
            case.validate_response(response, checks=CHECKS)

        # Some operations take whatever text there is: nothing about it can be wrong.
        with suppress(Unsatisfiable):
            ask()
