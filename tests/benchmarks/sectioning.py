"""A section of the benchmarks in a process of its own, and the rows that it found."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import orjson

from tests.benchmarks.engines import ROOT
from tests.benchmarks.table import Row


def section(name: str, database: str, broker: str, **more: str) -> list[Row]:
    """`more` are further variables of its environment."""
    chosen = {
        "DATABASE_URL": database,
        "BROKER_URL": broker,
        "BENCHMARK_QUEUE": f"benchmark{os.getpid()}",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        **more,
    }
    with tempfile.TemporaryDirectory(prefix="busuu-bench-") as folder:
        target = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "tests.benchmarks.child", name, str(target)]
        subprocess.run(command, env={**os.environ, **chosen}, check=True, cwd=ROOT)
        return [Row(**row) for row in orjson.loads(target.read_bytes())]
