"""Backups of a private server: a dump, and a point in time."""

import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from urllib.parse import urlsplit

from tests.faults.engines import Private


class Backups(ABC):
    """The tools of one kind of server. `folder` holds what they write."""

    def __init__(self, server: Private, folder: Path) -> None:
        self.server, self.folder = server, folder
        at = urlsplit(server.url)
        self.port, self.user, self.database = str(at.port), at.username or "", at.path.lstrip("/")
        self.password = at.password or ""

    @abstractmethod
    def archive(self) -> None:
        """Restart the server so that it keeps its log of changes."""

    @abstractmethod
    def dump(self) -> Path:
        """Write all data to a file of SQL, as a deployment does every night."""

    @abstractmethod
    def restore(self, dump: Path) -> None:
        """Put a dump in the place of all data."""

    @abstractmethod
    def copy(self) -> None:
        """Begin a backup from which every later moment can be restored."""

    @abstractmethod
    def restore_until(self, moment: str) -> None:
        """Restore the copy and the log up to a moment of the server's clock."""

    @abstractmethod
    def execute(self, sql: str) -> str:
        """Return the answer to one statement."""

    def run(self, *command: str, text: str = "", **variables: str) -> str:
        done = subprocess.run(
            command,
            input=text,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout


class PostgreSQL(Backups):
    clock = "SELECT clock_timestamp()"

    def archive(self) -> None:
        kept = self.folder / "archive"
        kept.mkdir()
        self.folder.chmod(0o755)
        shutil.chown(kept, "postgres", "postgres")
        self.server.start_with("-c", "archive_mode=on", "-c", f"archive_command=cp %p {kept}/%f")

    def dump(self) -> Path:
        file = self.folder / "dump.sql"
        file.write_text(self._tool("pg_dump", "--clean", "--if-exists", self.database))
        return file

    def restore(self, dump: Path) -> None:
        self._tool("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(dump), self.database)

    def copy(self) -> None:
        target = str(self.folder / "copy")
        where = ("-h", "127.0.0.1", "-p", self.port, "-U", "postgres", "-D", target)
        self.run("pg_basebackup", *where, "-c", "fast", PGPASSWORD=self.server.secret)

    def restore_until(self, moment: str) -> None:
        self.execute("SELECT 1")
        owner = ("-h", "127.0.0.1", "-p", self.port, "-U", "postgres", "-c")
        self.run("psql", *owner, "SELECT pg_switch_wal()", PGPASSWORD=self.server.secret)
        self.server.stop()
        data = self.server.folder / "data"
        shutil.rmtree(data)
        shutil.copytree(self.folder / "copy", data)
        (data / "recovery.signal").touch()
        self.run("chown", "-R", "postgres:postgres", str(data))
        data.chmod(0o700)
        self.server.start_with(
            *("-c", f"restore_command=cp {self.folder}/archive/%f %p"),
            *("-c", f"recovery_target_time={moment}", "-c", "recovery_target_action=promote"),
        )

    def execute(self, sql: str) -> str:
        return self._tool("psql", "-XAtq", "-c", sql, self.database).strip()

    def _tool(self, name: str, *arguments: str) -> str:
        where = ("-h", "127.0.0.1", "-p", self.port, "-U", self.user)
        return self.run(name, *where, *arguments, PGPASSWORD=self.password)


# Without the last, only an owner of the server may create triggers while changes are logged.
LOG = (
    "--log-bin=binlog",
    "--server-id=1",
    "--binlog-format=ROW",
    "--log-bin-trust-function-creators",
)


class MariaDB(Backups):
    clock = "SELECT NOW(6)"

    def archive(self) -> None:
        self.server.start_with(*LOG)

    def dump(self) -> Path:
        file = self.folder / "dump.sql"
        options = ("--single-transaction", "--triggers", "--routines")
        file.write_text(self._tool("mariadb-dump", *options, self.database))
        return file

    def restore(self, dump: Path) -> None:
        self._tool("mariadb", "-e", f"DROP DATABASE {self.database}")
        self._tool("mariadb", "-e", f"CREATE DATABASE {self.database}")
        self._tool("mariadb", self.database, text=dump.read_text())

    def copy(self) -> None:
        options = ("--single-transaction", "--triggers", "--master-data=1", "--flush-logs")
        (self.folder / "copy.sql").write_text(self._tool("mariadb-dump", *options, self.database))

    def restore_until(self, moment: str) -> None:
        copied = (self.folder / "copy.sql").read_text()
        first = copied.partition("MASTER_LOG_FILE='")[2].partition("'")[0]
        position = copied.partition("MASTER_LOG_POS=")[2].partition(";")[0]
        logs = sorted(self.server.folder.glob("data/binlog.[0-9]*"))
        later = [str(log) for log in logs if log.name >= first]
        until = ("--start-position=" + position, "--stop-datetime=" + moment.partition(".")[0])
        changes = self.run("mariadb-binlog", *until, *later)
        self.restore(self.folder / "copy.sql")
        self._tool("mariadb", text=changes)

    def execute(self, sql: str) -> str:
        return self._tool("mariadb", "-BN", "-e", sql, self.database).strip()

    def _tool(self, name: str, *arguments: str, text: str = "") -> str:
        # Reading the log of changes and replaying it is the owner's right.
        where = (f"--socket={self.server.folder}/data/engine.sock", "-uroot")
        command = (name, "--no-defaults", *where, *arguments)
        return self.run(*command, text=text, MYSQL_PWD=self.server.secret)
