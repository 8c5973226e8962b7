"""The pipeline and the story with identity on a database of its own."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[3]
TESTS = [
    "tests/integration/messaging/two_databases.py",
    "tests/integration/messaging/test_delivering.py",
    "tests/integration/messaging/test_failing.py",
    "tests/integration/messaging/test_outside.py",
    "tests/integration/messaging/test_subscribers.py",
    "tests/integration/messaging/test_upkeep.py",
    "tests/integration/messaging/test_admin.py",
    "tests/integration/stream/test_publishing.py",
    "tests/integration/stream/test_streaming.py",
    "tests/integration/stream/test_processes.py::TestEveryDatabase",
    "tests/functional/test_story.py",
]


# A test of the cache's table needs the cache in the database.
_NOT_ITS = {"CACHE_URL", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "PYTEST_ADDOPTS"}


def _beside(url: str, name: str, folder: Path) -> str:
    """Return the URL of another database on the server, with a name of this run alone."""
    if not url or url.startswith("sqlite"):
        return f"sqlite:///{folder / name}.sqlite3"
    own = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return urlunsplit(urlsplit(url)._replace(path=f"/busuu_{own}_{name}"))


# The context on the second database. All others call it.
_MOVED = "IDENTITY"


class TestTwoDatabases:
    def test_work_together_as_one(self, tmp_path: Path) -> None:
        url = os.environ.get("DATABASE_URL", "")
        environment = {
            **{name: value for name, value in os.environ.items() if name not in _NOT_ITS},
            "DATABASE_URL": _beside(url, "first", tmp_path),
            f"DATABASE_URL_{_MOVED}": _beside(url, "second", tmp_path),
        }

        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", *TESTS],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

        assert run.returncode == 0, run.stdout[-4_000:] + run.stderr[-2_000:]
        assert " passed" in run.stdout
        assert "skipped" not in run.stdout
