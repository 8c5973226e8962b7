"""The stream of notifications, asked as the ASGI process asks it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client

from contexts.community import api
from contexts.community.models import Member, StreamTicket
from contexts.community.web import hub
from contexts.identity import api as identity
from contexts.shared.kernel import new_id, now
from tests.factories.community import MemberFactory
from tests.factories.identity import SessionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member() -> Member:
    return MemberFactory()


def _path(member: Member, session_id: UUID | None = None) -> str:
    opened = api.open_stream(member_id=member.pk, session_id=session_id, now=now())
    url = urlsplit(opened.url)
    return f"{url.path}?{url.query}"


def _tell(member_id: UUID, cause: str) -> None:
    api.notify(
        recipient_id=member_id, kind="lesson_booked", cause=cause, subject_id=new_id(), now=now()
    )


async def _events(response: Any, count: int) -> list[str]:
    """The next events; comments and the first `retry` are no events."""
    found: list[str] = []
    stream: AsyncIterator[bytes] = response.streaming_content
    async for part in stream:
        if part.startswith(b"id: "):
            found.append(part.decode())
        if len(found) == count:
            break
    return found


async def _open(path: str, **headers: str) -> Any:
    return await AsyncClient(raise_request_exception=True).get(path, headers=headers)


def _run(scenario: Callable[[], Any]) -> Any:
    return asyncio.run(asyncio.wait_for(scenario(), 10))


class TestAStream:
    def test_tells_what_comes_after_it_was_opened(self, member: Member) -> None:
        _tell(member.pk, "before")
        path = _path(member)

        async def scenario() -> list[str]:
            response = await _open(path)
            assert response["Content-Type"] == "text/event-stream"
            first = asyncio.create_task(_events(response, 1))
            await asyncio.sleep(0.5)
            await sync_to_async(_tell)(member.pk, "after")
            return await first

        told = _run(scenario)

        assert len(told) == 1
        assert told[0].startswith("id: 2\nevent: lesson_booked\ndata: {")

    def test_goes_on_after_the_last_event_that_was_seen(self, member: Member) -> None:
        for cause in ("one", "two", "three"):
            _tell(member.pk, cause)
        path = _path(member)

        async def scenario() -> list[str]:
            return await _events(await _open(path, **{"Last-Event-ID": "1"}), 2)

        assert [event.split("\n")[0] for event in _run(scenario)] == ["id: 2", "id: 3"]

    def test_tells_nobody_elses(self, member: Member) -> None:
        other = MemberFactory()
        path = _path(member)

        async def scenario() -> list[str]:
            response = await _open(path)
            mine = asyncio.create_task(_events(response, 1))
            await asyncio.sleep(0.4)
            await sync_to_async(_tell)(other.pk, "theirs")
            await asyncio.sleep(0.4)
            await sync_to_async(_tell)(member.pk, "mine")
            return await mine

        assert [event.split("\n")[0] for event in _run(scenario)] == ["id: 1"]

    def test_ends_with_the_account(self, member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", 0.1)
        path = _path(member)

        async def scenario() -> list[str]:
            response = await _open(path)
            await sync_to_async(api.PEOPLE.end_person)(person_id=member.pk, now=now())
            return await _events(response, 1)

        assert _run(scenario) == []


class TestATicket:
    def test_opens_one_stream(self, member: Member) -> None:
        path = _path(member)

        async def scenario() -> list[int]:
            return [(await _open(path)).status_code for _ in range(2)]

        assert _run(scenario) == [200, 401]

    def test_is_good_for_a_minute(self, member: Member) -> None:
        path = _path(member)
        StreamTicket.objects.update(expires_at=now() - timedelta(seconds=1))

        async def scenario() -> Any:
            return await _open(path)

        refused = _run(scenario)

        assert (refused.status_code, refused.json()["code"]) == (401, "invalid_ticket")

    @pytest.mark.parametrize("after", ["x", "-1", "1" * 40, "٣"])
    def test_is_kept_when_the_last_event_id_is_none(self, member: Member, after: str) -> None:
        path = _path(member)

        async def scenario() -> Any:
            return await _open(f"{path}&after={after}")

        refused = _run(scenario)

        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_event_id")
        assert StreamTicket.objects.count() == 1

    def test_is_kept_by_the_process_that_has_no_streams(self, member: Member) -> None:
        refused = Client().get(_path(member))

        assert (refused.status_code, refused.json()["code"]) == (422, "no_streams_here")
        assert StreamTicket.objects.count() == 1


class TestAProcessThatIsFull:
    def test_refuses_one_more_and_leaves_its_ticket(self, member: Member, settings: Any) -> None:
        settings.STREAMS_PER_PROCESS = 1
        first, second = _path(member), _path(member)

        async def scenario() -> tuple[Any, Any]:
            opened = await _open(first)
            stream = aiter(opened.streaming_content)
            await anext(stream)
            # The next part comes after the process has counted the stream.
            waiting = asyncio.create_task(anext(stream))
            await asyncio.sleep(0.5)
            refused = await _open(second)
            waiting.cancel()
            await asyncio.sleep(0.1)
            settings.STREAMS_PER_PROCESS = 2
            return refused, await _open(second)

        refused, opened = _run(scenario)

        assert (refused.status_code, refused.json()["code"]) == (503, "too_many_streams")
        assert refused["Retry-After"]
        assert opened.status_code == 200


class TestAStreamAndItsSession:
    @pytest.fixture(autouse=True)
    def _soon(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hub, "SESSION_CHECK_SECONDS", 0.1)

    def test_end_together(self, member: Member) -> None:
        session = SessionFactory()
        path = _path(member, session.pk)

        async def scenario() -> list[str]:
            response = await _open(path)
            rest = asyncio.create_task(_events(response, 1))
            await asyncio.sleep(0.5)
            assert not rest.done()
            await sync_to_async(identity.sign_out)(session_id=session.pk, now=now())
            return await rest

        assert _run(scenario) == []

    def test_leave_streams_of_other_sessions_open(self, member: Member) -> None:
        ended, open_ = SessionFactory(), SessionFactory()
        paths = [_path(member, ended.pk), _path(member, open_.pk)]

        async def scenario() -> tuple[list[str], list[str]]:
            streams = [asyncio.create_task(_events(await _open(path), 1)) for path in paths]
            await asyncio.sleep(0.3)
            await sync_to_async(identity.sign_out)(session_id=ended.pk, now=now())
            first = await streams[0]
            await sync_to_async(_tell)(member.pk, "later")
            return first, await streams[1]

        first, second = _run(scenario)
        assert first == []
        assert len(second) == 1

    def test_that_has_ended_opens_none(self, member: Member) -> None:
        session = SessionFactory(ended_at=now())
        path = _path(member, session.pk)

        response = _run(lambda: _open(path))

        assert response.status_code == 401

    def test_end_after_the_longest_life(self, member: Member, settings: Any) -> None:
        settings.STREAM_LONGEST = timedelta(seconds=0.5)
        path = _path(member)

        async def scenario() -> list[str]:
            return await _events(await _open(path), 1)

        assert _run(scenario) == []
