"""The development server checks and migrates before it serves."""

import os
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command, load_command_class
from django.core.management.base import CommandError
from django.test import override_settings

from busuu import startup
from busuu.workshop import demo

ROOT = Path(__file__).resolve().parents[3]


def _manage(
    *arguments: str, folder: Path, settings: str = "local"
) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"busuu.settings.{settings}",
        "VAR_DIR": str(folder),
    }
    for name in ("DATABASE_URL", "BROKER_URL", "CACHE_URL"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


class TestPort:
    def test_that_is_taken_is_said_in_one_line(self) -> None:
        with closing(socket.socket()) as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]

            with pytest.raises(CommandError, match=f"port {port} is taken") as refusal:
                startup.check_port("127.0.0.1", port)

        assert "\n" not in str(refusal.value)

    def test_of_the_streams_that_is_taken_advises_two_free_ones(self) -> None:
        with closing(socket.socket()) as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]

            with pytest.raises(CommandError) as refusal:
                startup.check_port("127.0.0.1", port, of=", for the streams,")

        advised = int(str(refusal.value).partition("PORT=")[2].split()[0])
        assert "for the streams" in str(refusal.value)
        assert advised not in {port, port - 1}
        for free in (advised, advised + 1):
            with closing(socket.socket()) as probe:
                probe.bind(("127.0.0.1", free))

    def test_that_its_holder_leaves_is_waited_for(self) -> None:
        other = socket.socket()
        other.bind(("127.0.0.1", 0))
        other.listen()
        leaving = threading.Timer(0.3, other.close)
        leaving.start()

        startup.check_port("127.0.0.1", other.getsockname()[1], patience=30)

        assert other.fileno() == -1

    @pytest.mark.parametrize("port", ["eighty", "²", "٣", "-1", "0", "65536"])
    def test_that_is_none_is_said_in_one_line(
        self, port: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PORT", port)

        with pytest.raises(CommandError, match=f"PORT={port} is not a port"):
            call_command("serve")

    @pytest.mark.parametrize(
        ("app", "command", "argument", "address"),
        [
            ("busuu", "serve", "port", "{}"),
            ("busuu.workshop", "journey", "url", "http://127.0.0.1:{}"),
        ],
    )
    @pytest.mark.parametrize(("port", "taken"), [(None, "8000"), ("", "8000"), ("8100", "8100")])
    def test_is_the_usual_one_unless_another_is_named(
        self,
        app: str,
        command: str,
        argument: str,
        address: str,
        port: str | None,
        taken: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        if port is None:
            monkeypatch.delenv("PORT", raising=False)
        else:
            monkeypatch.setenv("PORT", port)

        parser = load_command_class(app, command).create_parser("manage.py", command)

        assert getattr(parser.parse_args([]), argument) == address.format(taken)


class TestFolder:
    def test_that_cannot_be_written_is_said_in_one_line(self) -> None:
        with pytest.raises(CommandError, match="cannot write to /proc/busuu") as refusal:
            startup.check_writable(Path("/proc/busuu"))

        assert "\n" not in str(refusal.value)


class TestServing:
    @override_settings(DEVELOPMENT=False)
    def test_is_refused_outside_development(self) -> None:
        with pytest.raises(CommandError, match="this is for development"):
            call_command("serve")


class TestDemoPeople:
    @pytest.mark.django_db
    def test_are_made_once(self) -> None:
        made = demo.load()

        again = demo.load()

        assert (made, again) == (len(demo.PEOPLE), 0)

    @override_settings(DEVELOPMENT=False)
    def test_are_refused_outside_development(self) -> None:
        with pytest.raises(demo.NotInDevelopment):
            demo.load()


@pytest.fixture(scope="module")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    _manage("migrate_all", folder=folder)
    return folder


class TestAnOlderDatabase:
    @pytest.fixture(autouse=True)
    def _copy(self, _migrated: Path, tmp_path: Path) -> None:
        shutil.copytree(_migrated, tmp_path, dirs_exist_ok=True)

    def test_is_copied_before_it_is_migrated(self, tmp_path: Path) -> None:
        _manage("migrate", "community", "zero", folder=tmp_path)
        steps = "from busuu import startup; from contexts.shared.kernel import now; "
        steps += "print(*startup.migrate(now=now()), sep='\\n')"

        result = _manage("shell", "-v", "0", "-c", steps, folder=tmp_path)

        copies = list((tmp_path / "copies").glob("busuu-*.sqlite3"))
        assert result.returncode == 0, result.stderr
        assert len(copies) == 1
        assert stat.S_IMODE(copies[0].stat().st_mode) == 0o600
        assert f"kept a copy of the older database: {copies[0]}" in result.stdout
        assert "community_member" not in _tables(copies[0])
        assert "community_member" in _tables(tmp_path / "busuu.sqlite3")

    def test_is_left_alone_when_it_is_up_to_date(self, tmp_path: Path) -> None:
        steps = "from busuu import startup; from contexts.shared.kernel import now; "
        steps += "print('steps', list(startup.migrate(now=now())))"

        result = _manage("shell", "-v", "0", "-c", steps, folder=tmp_path)

        assert "steps []" in result.stdout
        assert not (tmp_path / "copies").exists()


def _tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name for (name,) in rows}


class TestProductionSettings:
    def test_do_not_start_without_a_secret_key(self, tmp_path: Path) -> None:
        result = _manage("check", folder=tmp_path, settings="production")

        assert result.returncode != 0
        assert "SECRET_KEY" in result.stderr
