"""Schemathesis against our own OpenAPI description: every answer is one that it promises.

FUZZ_EXAMPLES says how many requests of each kind an operation gets; `make fuzz` sends many.
"""

import os
import re
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
from pytest_django import DjangoDbBlocker
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from busuu.wsgi import application
from tests.factories.identity import access_token
from tests.factories.tutoring import on_the_hour
from tests.integration.http.samples import billing, community, tutoring
from tests.integration.http.world import ATTEMPT, ENROLLMENT, FOREIGN, SOMEBODY, World
from tests.integration.roles.stage import undone

pytestmark = pytest.mark.django_db

FEW = 50
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
    "person": (str(SOMEBODY), str(tutoring.TEACHING)),
    "checkout": (str(billing.CHECKOUT),),
    "subscription": (str(billing.SUBSCRIPTION),),
    "invoice": (str(billing.INVOICE),),
    "product": ("lessons-1", "lessons-5", "premium-monthly"),
    "code": ("FREE-WEEK",),
    "submission": tuple(
        str(one)
        for one in (community.WAITING, community.ANSWERED, community.OFFERED, community.HELD)
    ),
    "edit": (str(community.EDIT),),
    "correction": (str(community.CORRECTION),),
    "subject": (str(community.CORRECTION), str(community.EDIT), str(community.OFFERED)),
    "tutor": (str(tutoring.TEACHING),),
    "starts_at": (on_the_hour(days=5).isoformat(), on_the_hour(days=6).isoformat()),
    "language": ("en", "en-GB", "es"),
}
BOOKED = {"lesson": tuple(str(one) for one in (tutoring.AHEAD, tutoring.OPEN, tutoring.OVER))}
ACTORS: dict[str, tuple[str, ...]] = {
    "learner": ("learner",),
    "native": community.NATIVE,
    "tutor": tutoring.TUTOR,
    "moderator": ("moderator",),
    "staff": ("support",),
}
# In the short run what is wrong is sent by one of them; the door that refuses it is one for all.
KINDS = [
    pytest.param(role, mode, id=f"{mode.value}-{role}")
    for role in ("stranger", *ACTORS)
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or role == "learner" or EXAMPLES >= FEW
]


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        world = World()
        for roles in ACTORS.values():
            world.user(roles)
        yield world


@pytest.fixture
def world(_built: World, db: None) -> Iterator[World]:
    # As Django's own client does: the end of a request must not close the test's connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield _built
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def known(draw: Callable[[Any], Any], container: Any, label: str) -> None:
    """Put ids that exist in the place of half of those that were made up."""
    there = KNOWN | (BOOKED if "/tutoring/" in label else {})
    if isinstance(container, dict):
        for name in sorted(there.keys() & container.keys()):
            if draw(st.booleans()):
                container[name] = draw(st.sampled_from(there[name]))


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
            answer = world.client.get(f"/api/v1/{path}", headers=_headers(world, role))
            assert answer.status_code == 200, (path, answer.content)


def _headers(world: World, role: str) -> dict[str, str]:
    if role == "stranger":
        return {}
    return {"Authorization": f"Bearer {access_token(world.user(ACTORS[role]))}"}


@pytest.mark.parametrize(("role", "mode"), KINDS)
@pytest.mark.parametrize("label", OPERATIONS)
class TestEveryAnswer:
    def test_is_one_that_is_promised(
        self, label: str, role: str, mode: GenerationMode, world: World
    ) -> None:
        operation = OPERATIONS[label]
        headers = _headers(world, role)

        @settings(
            max_examples=EXAMPLES if role == "learner" else max(EXAMPLES // 5, 1),
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
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
