"""Clients that send or read slowly hold no worker: the proxy of the composition stands between."""

import contextlib
import os
import shutil
import socket
import ssl
import string
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.faults import figures
from tests.faults.deployment import EMBEDDED, Deployment, deployed
from tests.faults.processes import ROOT, Process, free_port

SLOW_CLIENTS = 60
REQUESTS = 20
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MAIN = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/answers;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/site.conf;
}}
"""

pytestmark = [
    pytest.mark.engines,
    pytest.mark.skipif(not Path(NGINX).exists(), reason="needs nginx: sudo make test-faults"),
    pytest.mark.skipif(
        not shutil.which("openssl"),
        reason="needs openssl for a certificate: apt-get install openssl",
    ),
]

Talk = Callable[[socket.socket], None]


def _slow_header(client: socket.socket) -> None:
    client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")


def _slow_body(client: socket.socket) -> None:
    client.sendall(
        b"POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        b'Content-Type: application/json\r\nContent-Length: 90000\r\n\r\n{"email": "'
    )


def _unread_answer(client: socket.socket) -> None:
    client.sendall(b"GET /api/schema HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 20)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Deployment, int]]:
    """Yield a web process and the port of the proxy in front of it."""
    folder = tmp_path_factory.mktemp("slow")
    with deployed(folder, database=f"sqlite:///{folder}/busuu.sqlite3", broker=EMBEDDED) as made:
        made.start()
        made.wait_until_it_answers()
        with _proxy(folder, made.port) as port:
            yield made, port


@contextlib.contextmanager
def _proxy(folder: Path, web: int) -> Iterator[int]:
    plain, port = free_port(), free_port()
    chain, key = folder / "chain.pem", folder / "key.pem"
    made = (
        f"req -x509 -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -days 1 -keyout {key} -out {chain}"
    )
    subprocess.run(["openssl", *made.split()], check=True, capture_output=True)
    values = {
        "WEB_ADDRESS": f"127.0.0.1:{web}",
        "STREAMS_ADDRESS": f"127.0.0.1:{web + 1}",
        "HTTP_PORT": str(plain),
        "HTTPS_PORT": str(port),
        "TLS_CHAIN_FILE": str(chain),
        "TLS_PRIVATE_FILE": str(key),
    }
    template = string.Template((ROOT / "docker/proxy.conf.template").read_text())
    (folder / "site.conf").write_text(template.safe_substitute(values))
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    command = [NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    nginx = Process(command, dict(os.environ), folder / "nginx.log")
    nginx.start()
    try:
        _wait_for(port)
        yield port
    finally:
        nginx.kill()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _statuses(port: int) -> Counter[int]:
    """Return the answers of a person with a normal connection."""
    found: Counter[int] = Counter()
    for number in range(REQUESTS):
        connection = HTTPSConnection("127.0.0.1", port, timeout=20, context=_trusting())
        connection.request("GET", "/api/v1/courses" if number % 2 else "/healthz")
        found[connection.getresponse().status] += 1
        connection.close()
    return found


TALKS = [_slow_header, _slow_body, _unread_answer]


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.__name__)
class TestSlowClients:
    def test_hold_nobody_up(self, served: tuple[Deployment, int], talk: Talk) -> None:
        _, port = served
        with ExitStack() as open_:
            for _ in range(SLOW_CLIENTS):
                plain = open_.enter_context(socket.create_connection(("127.0.0.1", port), 10))
                client = open_.enter_context(_trusting().wrap_socket(plain))
                talk(client)
            time.sleep(1.0)

            statuses = _statuses(port)

        assert statuses == {200: REQUESTS}
        figures.note(f"{SLOW_CLIENTS} clients: {talk.__name__.strip('_')}", {}, f"{dict(statuses)}")
