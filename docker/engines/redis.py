import contextlib

from engines.engine import Engine
from engines.ports import HOST, connected
from engines.processes import find_program


class Redis(Engine):
    name = "redis"
    variable = "REDIS_URL"
    user = "redis"
    package = "redis-server"

    def program(self) -> str | None:
        return find_program("redis-server", "valkey-server")

    def configure(self) -> None:
        lines = [
            f"bind {HOST}",
            f"port {self.port}",
            f'dir "{self.folder}"',
            f"requirepass {self.secret}",
            'save ""',
        ]
        self.write("redis.conf", "\n".join(lines) + "\n")

    def command(self) -> list[str]:
        return [str(self.program()), str(self.folder / "redis.conf")]

    def answers(self) -> bool:
        with contextlib.suppress(OSError), connected(self.port) as peer:
            peer.sendall(f"AUTH {self.secret}\r\nCONFIG GET dir\r\nQUIT\r\n".encode())
            return str(self.folder).encode() in b"".join(iter(lambda: peer.recv(4096), b""))
        return False

    def private_url(self) -> str:
        return f"redis://:{self.secret}@{HOST}:{self.port}/0"
