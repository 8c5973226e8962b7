"""A mail server that is away, then postpones everything, then works: each mail arrives once."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.factories.identity import TERMS
from tests.faults import databases, figures
from tests.faults.deployment import Deployment, deployed
from tests.faults.engines import private
from tests.faults.mail_server import MailServer
from tests.faults.processes import free_port
from tests.faults.test_pipeline import BROKERS, needs

PEOPLE = 25
AWAY_SECONDS = 12.0
# Some attempts of a mail are a minute and a half apart by then.
ARRIVAL_SECONDS = 240.0

pytestmark = pytest.mark.engines


class TestAMailServerThatIsAway:
    @pytest.mark.parametrize(("broker", "database"), BROKERS)
    def test_gets_every_mail_once(self, broker: str, database: str, tmp_path: Path) -> None:
        needs(broker, database=database)
        port = free_port()
        with (
            databases.made(os.environ[database]) as url,
            private(broker) as carrier,
            deployed(
                tmp_path,
                database=url,
                broker=carrier.url,
                EMAIL_PORT=str(port),
                EMAIL_HOST="127.0.0.1",
                THROTTLE_MAIL="1000/min",
            ) as made,
        ):
            made.start()
            made.wait_until_it_answers()
            people = {_register(made, number) for number in range(PEOPLE)}
            time.sleep(AWAY_SECONDS)
            with MailServer(port) as server:
                _wait(lambda: server.postponed > 0)
                made.processes["worker"].kill()
                made.processes["worker"].start()
                server.postponing = False
                _wait(lambda: {message["To"] for message in server.taken} == people)
                time.sleep(3.0)

        ids = defaultdict(set)
        for message in server.taken:
            ids[message["To"]].add(message["Message-ID"])
        assert {len(found) for found in ids.values()} == {1}
        assert len(server.taken) == PEOPLE
        figures.note(
            f"mail away, postponed {server.postponed} times, {broker}", {}, f"{PEOPLE} mails"
        )


def _register(made: Deployment, number: int) -> str:
    address = f"person-{number}@example.org"
    body = {
        "email": address,
        "password": "correct horse battery staple",
        "agreed_terms": TERMS,
    }
    request = Request(
        f"http://127.0.0.1:{made.port}/api/v1/auth/register",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urlopen(request, timeout=30) as answer:
        assert answer.status == 202
    return address


def _wait(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + ARRIVAL_SECONDS
    while not happened():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.2)
