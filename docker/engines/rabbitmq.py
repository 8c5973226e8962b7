import contextlib
import hashlib
import secrets
import shutil
import socket
from pathlib import Path

from engines.engine import NAME, Engine
from engines.ports import HOST, connected, read_exactly
from engines.processes import find_program


class RabbitMQ(Engine):
    name = "rabbitmq"
    variable = "RABBITMQ_URL"
    user = "rabbitmq"
    package = "rabbitmq-server"
    ports = ("port", "dist_port", "epmd_port")

    def program(self) -> str | None:
        # Debian's wrapper insists on the system's node; the script below it does not.
        scripts = sorted(Path("/usr/lib/rabbitmq/lib").glob("*/sbin/rabbitmq-server"))
        return str(scripts[-1]) if scripts else find_program("rabbitmq-server")

    @property
    def node(self) -> str:
        digest = hashlib.sha256(self.secret.encode()).hexdigest()
        return f"{NAME}-{digest[:12]}@localhost"

    def initialize(self) -> None:
        self.write(".erlang.cookie", secrets.token_hex(20)).chmod(0o400)

    def configure(self) -> None:
        settings = {
            "listeners.tcp.default": f"{HOST}:{self.port}",
            "default_user": NAME,
            "default_pass": self.secret,
            "disk_free_limit.absolute": "50MB",
        }
        lines = (f"{key} = {value}\n" for key, value in settings.items())
        self.write("rabbitmq.conf", "".join(lines))
        self.write("enabled_plugins", "[].\n")
        self.write("env.conf", "")

    def command(self) -> list[str]:
        return [str(self.program())]

    def environment(self) -> dict[str, str]:
        folder = str(self.folder)
        return {
            "ERL_EPMD_PORT": str(self.facts.get("epmd_port", 0)),
            "ERL_EPMD_ADDRESS": HOST,
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_DIST_PORT": str(self.facts.get("dist_port", 0)),
            "RABBITMQ_CONF_ENV_FILE": f"{folder}/env.conf",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/enabled_plugins",
            "RABBITMQ_MNESIA_BASE": f"{folder}/mnesia",
            "RABBITMQ_LOG_BASE": f"{folder}/logs",
            "RABBITMQ_PID_FILE": f"{folder}/pid",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                f"-kernel inet_dist_use_interface {{{HOST.replace('.', ',')}}}"
            ),
        }

    def answers(self) -> bool:
        # AMQP 0-9-1: the first frame names the node, the frame Tune follows a good sign-in.
        with contextlib.suppress(OSError), connected(self.port) as peer:
            peer.sendall(b"AMQP\x00\x00\x09\x01")
            if self.node.removesuffix("localhost").encode() not in read_frame(peer):
                return False
            peer.sendall(start_ok(NAME, self.secret))
            return read_frame(peer)[:4] == b"\x00\x0a\x00\x1e"
        return False

    def after_stop(self) -> None:
        if (epmd := shutil.which("epmd")) is not None:
            self.execute([epmd, "-port", str(self.facts["epmd_port"]), "-kill"])

    def private_url(self) -> str:
        return f"amqp://{NAME}:{self.secret}@{HOST}:{self.port}//"


def read_frame(peer: socket.socket) -> bytes:
    """Return a frame's payload. A frame is type, channel, length, payload and 0xCE."""
    head = read_exactly(peer, 7)
    return read_exactly(peer, int.from_bytes(head[3:7], "big") + 1)[:-1]


def start_ok(user: str, password: str) -> bytes:
    """Return the frame that signs in."""
    response = f"\x00{user}\x00{password}".encode()
    arguments = b"\x00\x00\x00\x00" + b"\x05PLAIN" + len(response).to_bytes(4, "big") + response
    payload = b"\x00\x0a\x00\x0b" + arguments + b"\x05en_US"
    return b"\x01\x00\x00" + len(payload).to_bytes(4, "big") + payload + b"\xce"
