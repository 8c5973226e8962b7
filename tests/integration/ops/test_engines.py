"""docker/engines: the command line on a Python without packages, and a Kafka that is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from engines.kafka import Kafka
from engines.messages import Unavailable
from engines.state import State

ROOT = Path(__file__).parents[3]

JAVA_17 = "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2"
JAVA_11 = "echo 'openjdk version \"11.0.2\"' >&2"
FETCHES = "/bin/mkdir jars && echo a > jars/kafka.jar"
FAILS = "printf '\\033[1m[ERROR]\\033[m no such repository\\nmore\\n'; exit 1"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, the only one on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _install(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def kafka(programs: Path, tmp_path: Path) -> Kafka:
    return UnownedKafka(State(tmp_path, tmp_path / "data", {}))


class UnownedKafka(Kafka):
    """A Kafka whose files belong to the user that runs the tests."""

    def owner(self) -> None:
        return None


class TestCommandLine:
    def test_needs_no_package_beside_the_standard_library(self, tmp_path: Path) -> None:
        command = [sys.executable, "-I", "-S", str(ROOT / "docker" / "engines"), "--help"]

        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("usage: python3 docker/engines [-h] [--purge]")


class TestKafka:
    @pytest.mark.parametrize(
        ("java", "mvn", "reason"),
        [
            (None, None, "needs Java 17"),
            (JAVA_11, FETCHES, "needs Java 17"),
            (JAVA_17, None, "needs mvn"),
            (JAVA_17, FAILS, "mvn does not fetch it: no such repository$"),
        ],
    )
    def test_says_why_it_is_not_available(
        self, kafka: Kafka, programs: Path, java: str | None, mvn: str | None, reason: str
    ) -> None:
        for name, script in (("java", java), ("mvn", mvn)):
            if script is not None:
                _install(programs, name, script)

        with pytest.raises(Unavailable, match=reason):
            kafka.prepare()

    def test_is_fetched_once(self, kafka: Kafka, programs: Path) -> None:
        _install(programs, "java", JAVA_17)
        _install(programs, "mvn", FETCHES)
        kafka.prepare()
        _install(programs, "mvn", FAILS)

        kafka.prepare()

        assert (kafka.folder / "jars" / "kafka.jar").read_text() == "a\n"
        assert not (kafka.jars.parent / "fetching").exists()
