"""Liveness and lanes: a process whose requests hang still says that it lives."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from busuu.serving import Lanes, with_liveness

GUARD_SECONDS = 60.0


class Held:
    """An application that holds each request until it is let go."""

    def __init__(self) -> None:
        self.entered = threading.Semaphore(0)
        self.let_go = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.entered.release()
        assert self.let_go.wait(GUARD_SECONDS)
        start_response("200 OK", [])
        return [b"done"]


def ask(lanes: Lanes, path: str = "/") -> tuple[str, dict[str, str], bytes]:
    said: list[Any] = []
    body = lanes({"PATH_INFO": path}, lambda *answer: said.extend(answer))
    content = b"".join(body)
    if close := getattr(body, "close", None):
        close()
    return said[0], dict(said[1]), content


@pytest.fixture
def held() -> Iterator[Held]:
    application = Held()
    yield application
    application.let_go.set()


def _fill(lanes: Lanes, held: Held, number: int) -> list[threading.Thread]:
    threads = [threading.Thread(target=ask, args=(lanes,), daemon=True) for _ in range(number)]
    for thread in threads:
        thread.start()
        assert held.entered.acquire(timeout=GUARD_SECONDS)
    return threads


class TestLanes:
    def test_refuse_when_none_has_come_free_in_time(self, held: Held) -> None:
        lanes = Lanes(held, lanes=2, patience=0.05)
        _fill(lanes, held, 2)

        status, headers, body = ask(lanes)

        assert status == "503 Service Unavailable"
        assert headers["Content-Type"] == "application/problem+json"
        assert headers["Retry-After"] == "5"
        assert json.loads(body)["code"] == "unavailable"
        assert not held.entered.acquire(blocking=False)

    def test_answer_for_the_process_while_all_are_held(self, held: Held) -> None:
        lanes = Lanes(held, lanes=1, patience=GUARD_SECONDS)
        _fill(lanes, held, 1)

        status, _, body = ask(lanes, "/healthz")

        assert (status, body) == ("200 OK", b"ok")

    def test_let_a_request_wait_for_one_that_comes_free(self, held: Held) -> None:
        lanes = Lanes(held, lanes=1, patience=GUARD_SECONDS)
        _fill(lanes, held, 1)
        answers: list[Any] = []
        waiting = threading.Thread(target=lambda: answers.append(ask(lanes)), daemon=True)
        waiting.start()

        held.let_go.set()
        waiting.join(GUARD_SECONDS)

        assert [answer[0] for answer in answers] == ["200 OK"]

    def test_are_held_until_the_server_has_closed_the_answer(self) -> None:
        def quick(environ: dict[str, Any], start_response: Any) -> list[bytes]:
            start_response("200 OK", [])
            return [b"done"]

        lanes = Lanes(quick, lanes=1, patience=0.05)
        open_answer = lanes({"PATH_INFO": "/"}, lambda *_: None)

        refused, _, _ = ask(lanes)
        open_answer.close()
        answered, _, _ = ask(lanes)

        assert (refused[:3], answered[:3]) == ("503", "200")

    def test_are_left_by_an_answer_that_nobody_closes(self) -> None:
        def quick(environ: dict[str, Any], start_response: Any) -> list[bytes]:
            start_response("200 OK", [])
            return [b"done"]

        lanes = Lanes(quick, lanes=1, patience=0.05)
        lanes({"PATH_INFO": "/"}, lambda *_: None)

        assert lanes._free == 1

    def test_are_free_again_after_a_refusal_and_an_error(self, held: Held) -> None:
        def failing(environ: dict[str, Any], start_response: Any) -> list[bytes]:
            raise RuntimeError

        lanes = Lanes(failing, lanes=1, patience=0.05)
        for _ in range(3):
            with pytest.raises(RuntimeError):
                ask(lanes)

        assert lanes._free == 1


class TestStreams:
    async def _ask(self, path: str) -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []

        async def application(scope: Any, receive: Any, send: Any) -> None:
            await send({"from": "application"})

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await with_liveness(application)({"type": "http", "path": path}, None, send)
        return sent

    def test_say_by_themselves_that_their_process_lives(self) -> None:
        from asgiref.sync import async_to_sync

        answer = async_to_sync(self._ask)("/healthz")
        other = async_to_sync(self._ask)("/community/stream")

        assert (answer[0]["status"], answer[1]["body"]) == (200, b"ok")
        assert other == [{"from": "application"}]
