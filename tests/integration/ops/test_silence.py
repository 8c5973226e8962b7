"""A server that accepts connections and never answers is given up after a time."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import CacheHandler
from django.db.utils import ConnectionHandler
from kombu import Connection
from kombu.exceptions import OperationalError as BrokerAway

from busuu.settings import brokers
from busuu.settings.caches import cache
from busuu.settings.databases import database

GUARD_SECONDS = 60.0
SOON = 0.5


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
        pytest.importorskip({"postgres": "psycopg", "mysql": "MySQLdb"}[scheme])
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


@pytest.mark.usefixtures("impatient")
class TestARedis:
    def test_that_is_the_broker_is_given_up(self, silent: str) -> None:
        pytest.importorskip("redis")
        url = f"redis://{silent}/0"
        broker = Connection(url, transport_options=brokers.transport_options(url))

        error = _raised_by(lambda: broker.ensure_connection(max_retries=1))

        assert isinstance(error, BrokerAway)

    def test_that_is_the_cache_is_given_up(self, silent: str) -> None:
        redis = pytest.importorskip("redis")
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
