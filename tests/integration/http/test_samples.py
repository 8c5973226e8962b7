"""Every route has a sample, which is answered as it says."""

import json

import pytest

from tests.integration.http.samples.call import Call
from tests.integration.http.world import CALLS, NOT_OURS, World, each, named_routes

pytestmark = pytest.mark.django_db


class TestTheSamples:
    def test_are_there_for_every_route(self) -> None:
        routes = set(named_routes()) - NOT_OURS - {"favicon.ico"}

        assert {call.route for call in CALLS} == routes

    @each(CALLS)
    def test_are_answered_as_they_say(self, call: Call, world: World) -> None:
        raw = json.dumps(world.body(call)).encode() if call.body else None

        response = world.send(call, raw)

        assert response.status_code == call.status, response.content
