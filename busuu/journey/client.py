"""A small HTTP client that speaks JSON and expects what it was promised."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any


class BrokenPromise(Exception):
    """The server did something else than it should."""


@dataclass
class Answer:
    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Client:
    """One person's device. `token` is sent once there is one."""

    base_url: str
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        expect: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """The decoded body of the answer. Raises BrokenPromise for another status."""
        answer = self.send(method, path, body, headers=headers)
        if answer.status != expect:
            raise BrokenPromise(
                f"{method} {path}: expected {expect}, got {answer.status}: {answer.body}"
            )
        return answer.body

    def send(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None
    ) -> Answer:
        request = urllib.request.Request(  # noqa: S310 - the base is ours
            self.base_url + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers=self._headers(body, headers or {}),
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                return _answer(response)
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error)
        except urllib.error.URLError as error:
            raise BrokenPromise(f"nobody answers at {self.base_url}: {error.reason}") from None

    def _headers(self, body: Any, more: dict[str, str]) -> dict[str, str]:
        headers = {"Accept": "application/json", **self.headers, **more}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return headers


def _answer(response: Any) -> Answer:
    raw = response.read()
    is_json = "json" in response.headers.get("Content-Type", "")
    body = json.loads(raw) if raw and is_json else raw.decode()
    return Answer(response.status, body, dict(response.headers))


def promise(holds: bool, what: str) -> None:
    """Raises BrokenPromise when it does not hold."""
    if not holds:
        raise BrokenPromise(what)
