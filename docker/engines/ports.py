"""Ports of this machine, and sockets to them."""

import contextlib
import secrets
import socket
from collections.abc import Iterator, Mapping
from itertools import islice
from urllib.parse import urlsplit

HOST = "127.0.0.1"
# Below the range of outgoing connections, which could hold a port when its server restarts.
PORTS = range(20_000, 32_000)
DEFAULT_PORTS: Mapping[str, int] = {
    "postgres": 5432,
    "postgresql": 5432,
    "mysql": 3306,
    "amqp": 5672,
    "redis": 6379,
}


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    free = (port for port in secrets.SystemRandom().sample(PORTS, len(PORTS)) if is_free(port))
    return list(islice(free, count))


def listens(url: str) -> bool:
    """Whether a server accepts connections at the first address of the URL."""
    address = urlsplit(url.partition(",")[0])
    port = address.port or DEFAULT_PORTS.get(address.scheme, 0)
    with contextlib.suppress(OSError):
        socket.create_connection((address.hostname or HOST, port), 3).close()
        return True
    return False


@contextlib.contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection((HOST, port), 3) as peer:
        peer.settimeout(5)
        yield peer


def read_exactly(peer: socket.socket, size: int) -> bytes:
    """Return `size` bytes. Raises ConnectionError if the connection ends before."""
    content = b""
    while len(content) < size:
        part = peer.recv(size - len(content))
        if not part:
            raise ConnectionError("the server hung up")
        content += part
    return content
