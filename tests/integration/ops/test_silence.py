"""A server that accepts connections and never answers is given up after a time."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import CacheHandler
from django.db import connection
from django.db.utils import ConnectionHandler
from kombu import Connection
from kombu.exceptions import OperationalError as BrokerAway

from busuu.settings import brokers
from busuu.settings.caches import cache
from busuu.settings.databases import database
from contexts.shared.database.failures.outages import is_infrastructure
from tests import needs
from tests.integration.ops.deployed import python
from tests.proxy import Proxy

GUARD_SECONDS = 60.0
SOON = 0.5
PATIENCE: dict[str, dict[str, Any]] = {
    "postgresql": {"patience": 1},
    "mysql": {"read_timeout": 1, "write_timeout": 1},
}


@pytest.fixture
def silent() -> Iterator[str]:
    """Yield the address of a server that accepts connections and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in brokers.REDIS_PATIENCE:
        monkeypatch.setitem(brokers.REDIS_PATIENCE, name, SOON)


def _raised_by(call: Callable[[], object]) -> Exception | None:
    raised: list[Exception] = []

    def run() -> None:
        try:
            call()
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(GUARD_SECONDS)
    assert not thread.is_alive(), "it waits for ever"
    return raised[0] if raised else None


class TestADatabase:
    @pytest.mark.parametrize("scheme", ["postgres", "mysql"])
    def test_is_given_up(self, scheme: str, silent: str) -> None:
        pytest.importorskip({"postgres": "psycopg", "mysql": "MySQLdb"}[scheme], reason=needs.MYSQL)
        config = database(f"{scheme}://me@{silent}/name?connect_timeout=1")
        connection = ConnectionHandler({"default": config})["default"]

        error = _raised_by(connection.connect)

        assert isinstance(error, connection.Database.OperationalError)

    @pytest.mark.parametrize(
        ("url", "seconds"),
        [
            ("postgres://me@host/name", 5),
            ("mysql://me@host/name", 5),
            ("postgres://me@host/name?connect_timeout=20", 20),
            ("sqlite:///file", None),
        ],
    )
    def test_is_waited_for_so_long(self, url: str, seconds: int | None) -> None:
        assert database(url)["OPTIONS"].get("connect_timeout") == seconds


@pytest.mark.skipif(connection.vendor == "sqlite", reason=needs.DATABASE)
@pytest.mark.django_db
class TestADatabaseThatFallsSilent:
    def test_is_given_up_in_a_statement_and_when_it_is_asked_again(self) -> None:
        at = connection.settings_dict
        with Proxy(at["HOST"] or "127.0.0.1", int(at["PORT"])) as proxy:
            config = {**at, "HOST": "127.0.0.1", "PORT": proxy.port}
            config["OPTIONS"] = {**config["OPTIONS"], **PATIENCE[connection.vendor]}
            silent = ConnectionHandler({"default": config})["default"]
            silent.inc_thread_sharing()
            silent.ensure_connection()
            proxy.freeze()

            error = _raised_by(lambda: silent.cursor().execute("SELECT 1"))
            usable: list[bool] = []
            _raised_by(lambda: usable.append(silent.is_usable()))

        assert error is not None
        assert is_infrastructure(error)
        assert usable == [False]

    def test_ends_a_statement_that_takes_too_long(self) -> None:
        config = database(os.environ["DATABASE_URL"], statement_seconds=1)
        config = {**connection.settings_dict, "OPTIONS": config["OPTIONS"]}
        bounded = ConnectionHandler({"default": config})["default"]
        bounded.inc_thread_sharing()
        sleep = {"postgresql": "SELECT pg_sleep(30)", "mysql": "SELECT SLEEP(30) FROM DUAL"}

        error = _raised_by(lambda: bounded.cursor().execute(sleep[connection.vendor]))
        bounded.close()

        assert error is not None
        assert is_infrastructure(error)


class TestACommand:
    def test_has_no_limit_and_a_server_has(self) -> None:
        show = "from django.conf import settings; print(settings.DATABASE_STATEMENT_SECONDS)"

        command = python("manage.py", "shell", "-v", "0", "-c", show, DATABASE_STATEMENT_SECONDS="")
        server = python("-c", f"import django; django.setup(); {show}")

        assert (command.stdout, server.stdout) == ("0\n", "15\n")


@pytest.mark.usefixtures("impatient")
class TestARedis:
    def test_that_is_the_broker_is_given_up(self, silent: str) -> None:
        pytest.importorskip("redis", reason=needs.REDIS)
        url = f"redis://{silent}/0"
        broker = Connection(url, transport_options=brokers.transport_options(url))

        error = _raised_by(lambda: broker.ensure_connection(max_retries=1))

        assert isinstance(error, BrokerAway)

    def test_that_is_the_cache_is_given_up(self, silent: str) -> None:
        redis = pytest.importorskip("redis", reason=needs.REDIS)
        caches = CacheHandler({"default": cache(f"redis://{silent}/0")})

        error = _raised_by(lambda: caches["default"].get("name"))

        assert isinstance(error, redis.TimeoutError)


class TestWaitingForARedis:
    def test_is_bounded_unless_the_address_says_how_long(self) -> None:
        config = cache("redis://host/0?socket_timeout=20")

        assert config["OPTIONS"] == {"socket_connect_timeout": 5, "socket_timeout": 20}
        assert brokers.transport_options("rediss://host/0") == {
            "socket_connect_timeout": 5,
            "socket_timeout": 5,
            "health_check_interval": 25,
        }

    def test_is_no_matter_of_other_brokers(self) -> None:
        assert brokers.transport_options("amqps://host//") == {"confirm_publish": True}
        assert set(brokers.transport_options("memory://")) == {"polling_interval"}
