"""A database that falls silent: frozen, or behind a network that swallows packets."""

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import pytest

from tests.faults import figures
from tests.faults.deployment import deployed
from tests.faults.engines import Private, private
from tests.faults.test_pipeline import DATABASES, NOTHING_WRONG, afterwards, needs, under_load
from tests.proxy import Proxy

EVENTS = 2_000
CLIENTS = 12
SILENT_SECONDS = 15.0
PROBE_SECONDS = 6
STATEMENT_SECONDS = "3"

pytestmark = pytest.mark.engines

Silence = Callable[[], None]


@contextmanager
def _frozen(database: Private) -> Iterator[tuple[str, Silence, Silence]]:
    try:
        yield database.url, database.freeze, database.thaw
    finally:
        database.thaw()


@contextmanager
def _partitioned(database: Private) -> Iterator[tuple[str, Silence, Silence]]:
    at = urlsplit(database.url)
    with Proxy("127.0.0.1", at.port or 0) as proxy:
        user = at.netloc.rpartition("@")[0]
        url = urlunsplit(at._replace(netloc=f"{user}@127.0.0.1:{proxy.port}"))
        yield url, proxy.freeze, proxy.thaw


FAULTS = {"frozen": _frozen, "partitioned": _partitioned}


class TestASilentDatabase:
    @pytest.mark.parametrize("fault", FAULTS)
    @pytest.mark.parametrize(("kind", "broker"), DATABASES)
    def test_takes_no_process_and_loses_nothing(
        self, kind: str, broker: str, fault: str, tmp_path: Path
    ) -> None:
        needs(kind, broker)
        with (
            private(kind) as database,
            FAULTS[fault](database) as (url, fall_silent, answer_again),
            private(broker) as carrier,
            deployed(
                tmp_path,
                database=url,
                broker=carrier.url,
                DATABASE_STATEMENT_SECONDS=STATEMENT_SECONDS,
            ) as made,
        ):
            with under_load(made, events=EVENTS, threads=CLIENTS) as load:
                time.sleep(3.0)
                fall_silent()
                probes = probe(made.port, until=time.monotonic() + SILENT_SECONDS)
                answer_again()
            tally, note = afterwards(made, load)

        assert set(probes["/healthz"]) == {"200"}, probes
        assert probes["/readyz"]["503"] > 0, probes
        assert set(load.answers) <= {"204", "503"}, load.answers
        assert load.answers["503"] > 0
        assert tally | NOTHING_WRONG == tally
        answers = f"{note}, answers {dict(load.answers)}, alive {probes['/healthz']['200']} times"
        figures.note(f"{kind} {fault} for {SILENT_SECONDS:.0f} s", tally, answers)


def probe(port: int, *, until: float) -> dict[str, Counter[str]]:
    seen: dict[str, Counter[str]] = {"/healthz": Counter(), "/readyz": Counter()}
    while time.monotonic() < until:
        for path, counts in seen.items():
            counts[_status(f"http://127.0.0.1:{port}{path}")] += 1
        time.sleep(0.3)
    return seen


def _status(url: str) -> str:
    try:
        with contextlib.closing(urlopen(url, timeout=PROBE_SECONDS)) as answer:
            return str(answer.status)
    except HTTPError as error:
        return str(error.code)
    except OSError as error:
        return type(error).__name__
