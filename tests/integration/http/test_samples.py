"""Every sample is answered as its record says."""

import pytest

from tests.integration.http.checks import CALLS, each
from tests.operations.checks import answer_of
from tests.operations.record import Operation
from tests.operations.world import World

pytestmark = pytest.mark.django_db


class TestTheSamples:
    @each(CALLS)
    def test_are_answered_as_they_say(self, call: Operation, world: World) -> None:
        world.prepare(call)

        response = world.ask(call)

        assert answer_of(response) == call.answer_to(call.caller), response.content
