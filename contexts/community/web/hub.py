"""One poller per process for all open streams."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

import structlog
from django.conf import settings
from django.db import Error, close_old_connections

from contexts.community import api, queries
from contexts.shared.kernel import now

T = TypeVar("T")
log = structlog.get_logger(__name__)

POLL_SECONDS = 0.2
HEARTBEAT_SECONDS = 15.0
SESSION_CHECK_SECONDS = 1.0
# Reads of all streams take turns here: a poll is one statement for all of them.
_READERS = 2


class Listener:
    """An open stream: a sign for news, its session, and when it ends in any case."""

    def __init__(self, session_id: UUID | None) -> None:
        self.news = asyncio.Event()
        self.session_id = session_id
        self.has_ended = False
        self._until = _clock() + settings.STREAM_LONGEST.total_seconds()

    @property
    def is_over(self) -> bool:
        return self.has_ended or _clock() >= self._until

    def end(self) -> None:
        self.has_ended = True
        self.news.set()

    async def hears(self) -> bool:
        """Wait for news, at most for a heartbeat or the stream's life. Return if there are any."""
        patience = min(HEARTBEAT_SECONDS, max(self._until - _clock(), 0))
        try:
            await asyncio.wait_for(self.news.wait(), patience)
        except TimeoutError:
            return False
        self.news.clear()
        return True


def _clock() -> float:
    return asyncio.get_running_loop().time()


class Hub:
    """Wakes open streams when their member's latest notification number has grown."""

    def __init__(self) -> None:
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="streams")
        self._listeners: dict[UUID, set[Listener]] = defaultdict(set)
        self._numbers: dict[UUID, int] = {}
        self._poller: asyncio.Task[None] | None = None

    def count(self) -> int:
        """Return the number of open streams."""
        return sum(map(len, self._listeners.values()))

    async def read(self, look: Callable[[], T]) -> T:
        """Ask the database, beside the loop."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, _fresh(look))

    async def follow(
        self, member_id: UUID, *, after: int | None, session_id: UUID | None = None
    ) -> AsyncIterator[queries.Notification | None]:
        """A member's notifications after a number (None: from now on), as they come.

        None is a sign of life, given when nothing has come for HEARTBEAT_SECONDS. Ends when the
        member or the session is gone, and after STREAM_LONGEST.
        """
        me = Listener(session_id)
        self._listeners[member_id].add(me)
        self._ensure_polling()
        try:
            seen = await self._newest(member_id) if after is None else after
            me.news.set()
            while True:
                heard = await me.hears()
                if me.is_over:
                    return
                if heard:
                    for shown in await self._told(member_id, seen):
                        seen = shown.number
                        yield shown
                elif not await self.read(lambda: queries.is_member(member_id)):
                    return
                else:
                    yield None
        finally:
            self._leave(member_id, me)

    async def _newest(self, member_id: UUID) -> int:
        numbers = await self.read(lambda: queries.last_numbers([member_id]))
        return numbers.get(member_id, 0)

    async def _told(self, member_id: UUID, seen: int) -> list[queries.Notification]:
        return await self.read(lambda: queries.notifications_after(member_id, after=seen))

    def _leave(self, member_id: UUID, me: Listener) -> None:
        self._listeners[member_id].discard(me)
        if not self._listeners[member_id]:
            del self._listeners[member_id]
            self._numbers.pop(member_id, None)

    def _ensure_polling(self) -> None:
        if self._poller is None or self._poller.done():
            self._poller = asyncio.get_running_loop().create_task(self._poll())

    async def _poll(self) -> None:
        check_at = _clock() + SESSION_CHECK_SECONDS
        while self._listeners:
            await asyncio.sleep(POLL_SECONDS)
            # An InterfaceError is no DatabaseError; followers get news when the outage is over.
            with suppress(Error):
                self._wake(await self.read(lambda: queries.last_numbers([*self._listeners])))
                if _clock() >= check_at:
                    check_at = _clock() + SESSION_CHECK_SECONDS
                    await self._end_with_their_sessions()

    async def _end_with_their_sessions(self) -> None:
        open_streams = [one for several in self._listeners.values() for one in several]
        sessions = {one.session_id for one in open_streams if one.session_id}
        if not sessions:
            return
        still_open = await self.read(lambda: api.open_sessions(sessions, now=now()))
        for one in open_streams:
            if one.session_id in sessions - still_open:
                one.end()

    def _wake(self, numbers: dict[UUID, int]) -> None:
        for member_id, number in numbers.items():
            # A member who has left since the query must not be remembered.
            if member_id in self._listeners and self._numbers.get(member_id) != number:
                self._numbers[member_id] = number
                for one in self._listeners[member_id]:
                    one.news.set()


def _fresh(look: Callable[[], T]) -> Callable[[], T]:
    def ask() -> T:
        close_old_connections()
        return look()

    return ask
