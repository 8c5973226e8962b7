"""kill -9 during lessons: no acknowledged answer is lost, every effect happens once."""

import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from busuu.workshop.demo import PASSWORD
from busuu.workshop.journey import answers
from busuu.workshop.journey.client import BrokenPromise, Client
from contexts.courses import api as courses
from contexts.shared.kernel import new_id
from tests.faults.processes import ROOT
from tests.faults.server import Server

KILLS = 20
PACK = ROOT / "contexts" / "courses" / "packs" / "es-from-en"
QUIET_SECONDS = 60.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.kill()


class Learner:
    """A learner who answers until the server is gone, and remembers acknowledged answers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.bodies = {one.id: one.body for one in courses.read_pack(PACK).exercises()}
        self.answered: dict[str, str] = {}
        self.exercises: set[str] = set()
        self.is_answering = threading.Event()
        self.completed: set[str] = set()
        self.pending: tuple[str, str, dict[str, Any]] | None = None

    def study(self) -> None:
        """Returns when the connection breaks."""
        client = Client(self.url)
        try:
            self._study(client)
        except (BrokenPromise, OSError) as error:
            if "expected" in str(error):
                raise
        finally:
            self.is_answering.set()

    def _study(self, client: Client) -> None:
        credentials = {"email": "emma@demo.example", "password": PASSWORD}
        client.token = client.call("POST", "/api/v1/auth/sign-in", credentials)["access_token"]
        enrollment = client.call(
            "POST", "/api/v1/enrollments", {"course": "es-from-en"}, expect=201
        )
        path = f"/api/v1/enrollments/{enrollment['id']}"
        if self.pending:
            self._send(client, path, *self.pending)
        while lesson := client.call("GET", f"{path}/next-lesson")["lesson"]:
            for shown in lesson["exercises"]:
                if shown["key"] in self.exercises:
                    continue
                body = self.bodies[shown["key"]]
                self.pending = (str(new_id()), shown["key"], answers.right(body))
                self._send(client, path, *self.pending)
            client.call("POST", f"{path}/lessons/{lesson['lesson']}/completion")
            self.completed.add(lesson["lesson"])

    def _send(self, client: Client, path: str, attempt: str, key: str, answer: Any) -> None:
        body = {"attempt_id": attempt, "exercise": key, "answer": answer}
        grade = client.call("POST", f"{path}/answers", body)
        self.answered[attempt] = grade["verdict"]
        self.exercises.add(key)
        self.pending = None
        self.is_answering.set()
        # Slow enough that lessons are still being done at the last kill.
        time.sleep(0.03)


def _study_until_killed(server: Server, learner: Learner, *, after: float) -> None:
    errors: list[BaseException] = []

    def study() -> None:
        try:
            learner.study()
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=study)
    learner.is_answering.clear()
    thread.start()
    assert learner.is_answering.wait(timeout=60)
    time.sleep(after)
    server.kill()
    thread.join(timeout=60)
    assert not errors


def _rows(server: Server, sql: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{server.database}?mode=ro", uri=True)) as database:
        return database.execute(sql).fetchall()


def _wait_until_delivered(server: Server) -> None:
    deadline = time.monotonic() + QUIET_SECONDS
    while time.monotonic() < deadline:
        if _rows(server, "SELECT count(*) FROM messaging_delivery") == [(0,)]:
            return
        time.sleep(0.1)
    raise AssertionError(_rows(server, "SELECT * FROM messaging_delivery"))


class TestKillingTheServer:
    def test_loses_no_acknowledged_answer_and_repeats_no_effect(self, server: Server) -> None:
        seed = random.randrange(2**32)
        chance = random.Random(seed)
        print(f"seed {seed}")
        learner = Learner(server.url)

        for _ in range(KILLS):
            server.start()
            _study_until_killed(server, learner, after=chance.uniform(0.3, 2.0))
        server.start()
        _wait_until_delivered(server)

        attempts = _rows(server, "SELECT attempt_id, verdict FROM courses_attempt")
        kept = dict(attempts)
        acknowledged = {key.replace("-", ""): value for key, value in learner.answered.items()}
        assert len(acknowledged) > 5 * KILLS
        assert len(attempts) == len(kept)
        assert {key: kept.get(key) for key in acknowledged} == acknowledged
        done = [key for (key,) in _rows(server, "SELECT lesson_key FROM courses_lessoncompletion")]
        assert len(done) == len(set(done)) >= KILLS // 4
        assert learner.completed <= set(done)
        _assert_effects_once(server, lessons=len(done))
        print(f"{len(acknowledged)} answers and {len(done)} lessons over {KILLS} kills")


def _assert_effects_once(server: Server, *, lessons: int) -> None:
    events = Counter(name for (name,) in _rows(server, "SELECT name FROM messaging_storedevent"))
    assert events["courses.lesson_completed.v1"] == lessons
    assert events["courses.learner_enrolled.v1"] == 1
    counted = _rows(
        server, "SELECT sum(lessons_completed) FROM community_member WHERE lessons_completed > 0"
    )
    assert counted == [(lessons,)]
    handled = _rows(
        server,
        "SELECT count(*) FROM messaging_inboxentry WHERE subscriber = 'community.count_lesson'",
    )
    assert handled == [(lessons,)]
