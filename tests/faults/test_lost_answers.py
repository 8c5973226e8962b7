"""kill -9 after the effect and before the answer: a retry gets the stored answer."""

import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from busuu.workshop.journey import people
from busuu.workshop.journey.client import BrokenPromise, Client
from busuu.workshop.journey.lessons import LESSONS, Lessons
from busuu.workshop.journey.paying import PACK, Paying
from busuu.workshop.journey.people import Newcomer
from tests.faults import holding
from tests.faults.server import Server

SECONDS = 60.0
ZONE = ZoneInfo("Europe/Madrid")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, settings=holding.__name__)
    yield server
    server.kill()


@pytest.fixture
def learner(server: Server) -> Newcomer:
    server.start()
    return people.newcomer(
        server.url,
        server.folder / "mail",
        native="es",
        studied="en",
        time_zone=ZONE.key,
        country="ES",
    )


@dataclass(kw_only=True)
class Command:
    """A request with an effect, and the place where the effect is counted."""

    path: str
    body: dict[str, Any]
    table: str
    owner: str

    def send(self, client: Client, key: str, **headers: str) -> Any:
        return client.send(
            "POST", self.path, self.body, headers={"Idempotency-Key": key, **headers}
        )

    def effects(self, server: Server, learner: Newcomer) -> int:
        sql = f"SELECT count(*) FROM {self.table} WHERE {self.owner} = ?"
        with closing(sqlite3.connect(f"file:{server.database}?mode=ro", uri=True)) as database:
            [(count,)] = database.execute(sql, [learner.id.replace("-", "")])
        return int(count)


def _enrollment(server: Server, learner: Newcomer) -> Command:
    return Command(
        path="/api/v1/enrollments",
        body={"course": "en-from-es"},
        table="courses_enrollment",
        owner="learner_id",
    )


def _text(server: Server, learner: Newcomer) -> Command:
    return Command(
        path="/api/v1/community/submissions",
        body={"text": "I has a dog.", "language": "en"},
        table="community_submission",
        owner="writer_id",
    )


def _checkout(server: Server, learner: Newcomer) -> Command:
    return Command(
        path="/api/v1/billing/checkouts",
        body={"product": PACK},
        table="billing_checkout",
        owner="customer_id",
    )


def _booking(server: Server, learner: Newcomer) -> Command:
    list(Paying(base_url=server.url, customer=learner, enrollment="").buy_lessons())
    wanted = Lessons(base_url=server.url, learner=learner, zone=ZONE)
    list(wanted.search())
    slot = wanted.slots[0]
    return Command(
        path=LESSONS,
        body={"tutor": wanted.tutor["id"], "starts_at": slot["starts_at"], "language": "en"},
        table="tutoring_lesson",
        owner="learner_id",
    )


def _kill_before_the_answer(server: Server, client: Client, command: Command, key: str) -> str:
    """Kill the server. Return the status that the client has not seen."""
    seen: list[Any] = []

    def send() -> None:
        try:
            seen.append(command.send(client, key, **{holding.HEADER: "1"}))
        except (BrokenPromise, OSError):
            return

    sending = threading.Thread(target=send)
    sending.start()
    mark = server.folder / holding.MARK
    deadline = time.monotonic() + SECONDS
    while not (mark.exists() and mark.read_text()):
        assert time.monotonic() < deadline, "no answer came that could be held"
        time.sleep(0.01)
    server.kill()
    sending.join(timeout=SECONDS)
    assert seen == []
    return mark.read_text()


class TestAKillBetweenEffectAndAnswer:
    @pytest.mark.parametrize("prepare", [_enrollment, _text, _checkout, _booking])
    def test_leaves_one_effect_and_the_answer_for_the_retry(
        self, prepare: Any, server: Server, learner: Newcomer
    ) -> None:
        command = prepare(server, learner)
        key, before = secrets.token_hex(16), command.effects(server, learner)

        status = _kill_before_the_answer(server, learner.client, command, key)
        after_the_kill = command.effects(server, learner)
        server.start()
        retry = command.send(learner.client, key)
        again = command.send(learner.client, key)
        other = Client(server.url, token=learner.client.token).send(
            "POST", command.path, {**command.body, "x": 1}, headers={"Idempotency-Key": key}
        )

        assert (status, after_the_kill) == ("201", before + 1)
        assert (retry.status, again.body) == (201, retry.body)
        assert command.effects(server, learner) == before + 1
        assert (other.status, other.body["code"]) == (422, "idempotency_key_reused")
