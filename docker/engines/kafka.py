import base64
import contextlib
import re
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

from engines import maven
from engines.engine import NAME, Engine
from engines.messages import Unavailable, say
from engines.ports import HOST, connected, read_exactly
from engines.processes import find_program


class Kafka(Engine):
    """One node that is both broker and controller. Its programs are fetched once."""

    name = "kafka"
    variable = "KAFKA_URL"
    # No package brings a user of its own.
    user = "nobody"
    package = ""
    ports = ("port", "controller_port")
    optional = True
    version = "4.1.0"

    @property
    def jars(self) -> Path:
        """The programs, which outlive the data."""
        return self.state.home / "kafka" / self.version

    def program(self) -> str | None:
        java = find_program("java")
        return java if java is not None and java_release(java) >= 17 else None

    def build(self) -> str:
        return f"{self.program()} {self.version}"

    def prepare(self) -> None:
        """Raises Unavailable if Java is missing or the programs cannot be fetched."""
        if self.program() is None:
            raise Unavailable("needs Java 17 (Debian's default-jre-headless)")
        if not self.jars.is_dir():
            say(f"{self.name:<11} is being fetched")
            maven.fetch(self.version, self.jars)
        super().prepare()

    def initialize(self) -> None:
        # The server's user can read them here.
        shutil.copytree(self.jars, self.folder / "jars")

    def configure(self) -> None:
        lines = (f"{key}={value}\n" for key, value in self._settings().items())
        self.write("server.properties", "".join(lines))
        if not (self.folder / "data" / "meta.properties").exists():
            cluster = base64.urlsafe_b64encode(b"busuu" + secrets.token_bytes(11)).decode()[:22]
            tool = ["kafka.tools.StorageTool", "format", "-t", cluster, "-c", "server.properties"]
            self.must([*self._java(), *tool])

    def _settings(self) -> dict[str, object]:
        login = "org.apache.kafka.common.security.plain.PlainLoginModule required"
        login += f' username="{NAME}" password="{self.secret}" user_{NAME}="{self.secret}";'
        client = f"CLIENT://{HOST}:{self.port}"
        controller = f"{HOST}:{self.facts['controller_port']}"
        return {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@{controller}",
            "listeners": f"{client},CONTROLLER://{controller}",
            "advertised.listeners": client,
            "listener.security.protocol.map": "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
            "inter.broker.listener.name": "CLIENT",
            "controller.listener.names": "CONTROLLER",
            "sasl.enabled.mechanisms": "PLAIN",
            "sasl.mechanism.inter.broker.protocol": "PLAIN",
            "sasl.mechanism.controller.protocol": "PLAIN",
            "listener.name.client.plain.sasl.jaas.config": login,
            "listener.name.controller.plain.sasl.jaas.config": login,
            "log.dirs": self.folder / "data",
            "num.partitions": 4,
            "offsets.topic.replication.factor": 1,
            "offsets.topic.num.partitions": 4,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
        }

    def _java(self) -> list[str]:
        logs = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
        return [str(self.program()), "-Xmx512m", logs, "-cp", "jars/*"]

    def command(self) -> list[str]:
        return [*self._java(), "kafka.Kafka", "server.properties"]

    def answers(self) -> bool:
        # Sign in by Kafka's protocol: only the server of this checkout knows the secret.
        credentials = f"\x00{NAME}\x00{self.secret}".encode()
        with contextlib.suppress(OSError), connected(self.port) as peer:
            handshake = request(peer, 17, 1, b"\x00\x05PLAIN")
            if handshake[:2] != b"\x00\x00":
                return False
            return request(peer, 36, 0, with_length(credentials))[:2] == b"\x00\x00"
        return False

    def private_url(self) -> str:
        return f"kafka://{NAME}:{self.secret}@{HOST}:{self.port}"


def java_release(java: str) -> int:
    """Return 17 for `openjdk version "17.0.15"`, 0 if the program names no version."""
    done = subprocess.run([java, "-version"], check=False, capture_output=True, text=True)
    version = re.search(r'version "(\d+)', done.stderr + done.stdout)
    return int(version[1]) if version else 0


def request(peer: socket.socket, key: int, version: int, body: bytes) -> bytes:
    """Send a frame (length, key, version, correlation, client, body); return the response."""
    head = key.to_bytes(2, "big") + version.to_bytes(2, "big") + bytes(4) + b"\xff\xff"
    peer.sendall(with_length(head + body))
    # The response repeats the correlation.
    return read_exactly(peer, int.from_bytes(read_exactly(peer, 4), "big"))[4:]


def with_length(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content
