"""A small HTTP client that speaks JSON and checks each answer."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from busuu.workshop.journey.counting import GRAPHQL, TRAFFIC

T = TypeVar("T")


class BrokenPromise(Exception):
    """The server did not do what it should."""


@dataclass
class Answer:
    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Client:
    """The device of one person. It sends `token` if that is set."""

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
        """Return the decoded body of the answer. Raises BrokenPromise if the status differs."""
        answer = self.send(method, path, body, headers=headers)
        if answer.status != expect:
            raise BrokenPromise(
                f"{method} {path}: expected {expect}, got {answer.status}: {answer.body}"
            )
        return answer.body

    def ask(self, query: str, *, key: str = "", **variables: Any) -> Any:
        """Run a GraphQL document and return its data. Raises BrokenPromise if it has errors."""
        answer = self._run(query, key, variables)
        if answer.get("errors"):
            raise BrokenPromise(f"GraphQL: {answer['errors']} for {query}")
        return answer["data"]

    def refused(self, query: str, *, key: str = "", **variables: Any) -> str:
        """Run a GraphQL document that must fail. Returns the error code.

        Raises BrokenPromise if it succeeds.
        """
        answer = self._run(query, key, variables)
        if not answer.get("errors"):
            raise BrokenPromise(f"GraphQL answered {answer} to {query}")
        return str(answer["errors"][0]["extensions"]["code"])

    def _run(self, query: str, key: str, variables: dict[str, Any]) -> Any:
        headers = {"Idempotency-Key": key} if key else None
        body = {"query": query, "variables": variables}
        return self.call("POST", GRAPHQL, body, headers=headers)

    def send(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None
    ) -> Answer:
        TRAFFIC.count(path)
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
    body = json.loads(raw) if raw and is_json else raw.decode(errors="replace")
    return Answer(response.status, body, dict(response.headers))


EVENTUALLY_SECONDS = 15.0


def eventually(
    look: Callable[[], T | None], what: str, *, seconds: float = EVENTUALLY_SECONDS
) -> T:
    """Call `look` until it returns something true, and return that.

    Raises BrokenPromise if it does not in time.
    """
    deadline, sent = time.monotonic() + seconds, TRAFFIC.seen
    while time.monotonic() < deadline:
        TRAFFIC.restore(sent)
        if seen := look():
            return seen
        time.sleep(0.05)
    raise BrokenPromise(f"{what} did not come within {seconds:.0f} s")


def promise(holds: bool, what: str) -> None:
    """Raises BrokenPromise if `holds` is false."""
    if not holds:
        raise BrokenPromise(f"this does not hold: {what}")
