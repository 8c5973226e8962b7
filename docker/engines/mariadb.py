from engines.engine import NAME, Engine
from engines.messages import Refused
from engines.ports import HOST
from engines.processes import find_program


class MariaDB(Engine):
    name = "mariadb"
    variable = "MARIADB_URL"
    user = "mysql"
    package = "mariadb-server"

    def program(self) -> str | None:
        return find_program("mariadbd", "mysqld")

    def initialize(self) -> None:
        installer = find_program("mariadb-install-db", "mysql_install_db")
        if installer is None:
            raise Refused("mariadb-install-db is missing")
        command = [installer, "--no-defaults", f"--datadir={self.folder / 'data'}"]
        self.must([*command, "--skip-test-db", "--auth-root-authentication-method=normal"])

    def configure(self) -> None:
        # The server reads the file before it listens: no other server can get these statements.
        account = f"'{NAME}'@'{HOST}'"
        statements = [
            f"CREATE DATABASE IF NOT EXISTS {NAME}",
            f"CREATE OR REPLACE USER {account} IDENTIFIED BY '{self.secret}'",
            f"GRANT ALL ON `{NAME}%`.* TO {account}",
            f"GRANT ALL ON `test\\_%`.* TO {account}",
            f"GRANT PROCESS ON *.* TO {account}",
            f"ALTER USER root@localhost IDENTIFIED BY '{self.secret}'",
        ]
        self.write("first.sql", "".join(f"{one};\n" for one in statements))

    def command(self) -> list[str]:
        return [
            str(self.program()),
            "--no-defaults",
            f"--datadir={self.folder / 'data'}",
            f"--init-file={self.folder / 'first.sql'}",
            f"--port={self.port}",
            f"--bind-address={HOST}",
            # Relative to the data: a deep checkout would exceed the length limit of a socket.
            "--socket=engine.sock",
            "--pid-file=engine.pid",
            "--skip-name-resolve",
            "--max-connections=300",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_bin",
        ]

    def answers(self) -> bool:
        client = find_program("mariadb", "mysql") or "mariadb"
        address = ["--no-defaults", "--protocol=tcp", f"--host={HOST}", f"--port={self.port}"]
        query = [f"--user={NAME}", "-BN", "-e", "SELECT @@datadir", NAME]
        result = self.execute([client, *address, *query], MYSQL_PWD=self.secret)
        return result.stdout.strip().rstrip("/") == str(self.folder / "data")

    def private_url(self) -> str:
        return f"mysql://{NAME}:{self.secret}@{HOST}:{self.port}/{NAME}"
