import shutil
import signal
from pathlib import Path

from engines.engine import NAME, Engine
from engines.ports import HOST


class PostgreSQL(Engine):
    name = "postgresql"
    variable = "POSTGRESQL_URL"
    user = "postgres"
    package = "postgresql"
    stop_signal = signal.SIGINT

    def tool(self, name: str) -> str | None:
        """Return the path of a program of the newest version that is installed."""
        versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
        newest = sorted(versions, key=lambda path: int(path.parts[-3].split(".")[0]))
        return str(newest[-1]) if newest else shutil.which(name)

    def program(self) -> str | None:
        return self.tool("postgres")

    def initialize(self) -> None:
        password = self.write("secret", self.secret)
        initdb = [str(self.tool("initdb")), "-D", "data", "-U", "postgres", f"--pwfile={password}"]
        initdb += ["--auth=scram-sha-256", "--locale=C.UTF-8", "--encoding=UTF8"]
        self.must(initdb)
        # Alone with its files, before any port is open: this cannot be another server.
        role = f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{self.secret}'"
        self._single_user(f"{role};\nCREATE DATABASE {NAME} OWNER {NAME};\n")

    def command(self) -> list[str]:
        settings = {
            "port": self.port,
            "listen_addresses": HOST,
            "unix_socket_directories": "",
            "max_connections": 300,
        }
        flags = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [str(self.program()), "-D", str(self.folder / "data"), *flags]

    def answers(self) -> bool:
        folder = self._query("postgres", "SHOW data_directory")
        return folder == str(self.folder / "data") and self._query(NAME, "SELECT 1") == "1"

    def private_url(self) -> str:
        return f"postgres://{NAME}:{self.secret}@{HOST}:{self.port}/{NAME}"

    def _single_user(self, statements: str) -> None:
        script = self.write("first.sql", statements)
        shell = f"exec {self.program()} --single -D data postgres < {script.name}"
        self.must(["/bin/sh", "-c", shell])

    def _query(self, user: str, statement: str) -> str:
        address = f"host={HOST} port={self.port} user={user} connect_timeout=3 dbname={user}"
        psql = [self.tool("psql") or "psql", "-XAtq", "-c", statement, address]
        return self.execute(psql, PGPASSWORD=self.secret).stdout.strip()
