"""Kafka is the one of docker/engines that may be missing."""

from pathlib import Path
from typing import Any

import pytest

from tests.faults.engines import load_engines

JAVA_17 = "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2"
JAVA_11 = "echo 'openjdk version \"11.0.2\"' >&2"
FETCHES = "/bin/mkdir jars && echo a > jars/kafka.jar"
FAILS = "printf '\\033[1m[ERROR]\\033[m no such repository\\nmore\\n'; exit 1"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which alone programs are looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _install(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def kafka(programs: Path, tmp_path: Path) -> Any:
    engines = load_engines()
    engines.HOME = tmp_path
    found = engines.Kafka(engines.State(tmp_path / "data", {}))
    found.owner = lambda: None
    return found


class TestKafka:
    @pytest.mark.parametrize(
        ("java", "mvn", "told"),
        [
            (None, None, "needs Java 17"),
            (JAVA_11, FETCHES, "needs Java 17"),
            (JAVA_17, None, "needs mvn"),
            (JAVA_17, FAILS, "mvn does not fetch it: no such repository$"),
        ],
    )
    def test_says_why_it_is_not_available(
        self, kafka: Any, programs: Path, java: str | None, mvn: str | None, told: str
    ) -> None:
        for name, script in (("java", java), ("mvn", mvn)):
            if script is not None:
                _install(programs, name, script)

        with pytest.raises(Exception, match=told) as refused:
            kafka.prepare()

        assert type(refused.value).__name__ == "Unavailable"

    def test_is_fetched_once(self, kafka: Any, programs: Path) -> None:
        _install(programs, "java", JAVA_17)
        _install(programs, "mvn", FETCHES)
        kafka.prepare()
        _install(programs, "mvn", FAILS)

        kafka.prepare()

        assert (kafka.folder / "jars" / "kafka.jar").read_text() == "a\n"
        assert not (kafka.kept.parent / "fetching").exists()
