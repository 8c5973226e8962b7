"""The poller behind streams, with a database that answers as it is told."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import Error, InterfaceError, OperationalError

from contexts.community.web.hub import Hub
from contexts.shared.kernel import new_id

MEMBER = new_id()


class Scripted(Hub):
    """Each read gets the next answer; an error is raised, and the last answer stays."""

    def __init__(self, answers: list[Any]) -> None:
        super().__init__()
        self._answers = answers

    async def read(self, look: Callable[[], Any]) -> Any:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


class TestPolling:
    @pytest.mark.parametrize("error", [OperationalError, InterfaceError])
    def test_goes_on_when_the_database_is_back(self, error: type[Error]) -> None:
        news = SimpleNamespace(number=1)

        async def scenario() -> Any:
            # Nothing new at first, a poll that fails, one that does not, and what it is about.
            hub = Scripted([[], error("away"), {MEMBER: 1}, [news], {}])
            return await anext(hub.follow(MEMBER, after=0))

        told = asyncio.run(asyncio.wait_for(scenario(), 5))

        assert told is news

    def test_remembers_nothing_of_who_left_while_it_asked(self) -> None:
        hub = Hub()

        hub._wake({MEMBER: 1})

        assert hub._numbers == {}
        assert MEMBER not in hub._listeners
