"""A section of the benchmarks in a process of its own, and the rows that it finds."""

import os
import subprocess
import sys
from collections.abc import Iterator

import orjson

from tests.benchmarks.engines import ROOT
from tests.benchmarks.table import Row


def section(name: str, database: str, broker: str, **variables: str) -> Iterator[Row]:
    """Yield each row as soon as it is measured. `variables` are added to the environment."""
    chosen = {
        "DATABASE_URL": database,
        "BROKER_URL": broker,
        "BENCHMARK_QUEUE": f"benchmark{os.getpid()}",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        **variables,
    }
    reader, writer = os.pipe()
    command = [sys.executable, "-m", "tests.benchmarks.child", name, str(writer)]
    with (
        os.fdopen(reader, "rb") as lines,
        subprocess.Popen(
            command, env={**os.environ, **chosen}, cwd=ROOT, pass_fds=[writer]
        ) as child,
    ):
        os.close(writer)
        for line in lines:
            yield Row(**orjson.loads(line))
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
