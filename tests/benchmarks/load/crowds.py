"""Databases with synthetic learners, one per size. They stay for the next run."""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

from tests.benchmarks.engines import ROOT, execute

_NAME = "busuu_load_{}"


def prepared(server: str, learners: int) -> str:
    """Return the URL of a database with so many learners. Fabricates those who are missing."""
    name = _NAME.format(learners)
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    if not _exists(server, name):
        execute(server, f"CREATE DATABASE {name}")
    _manage(url, "migrate_all", quiet=True)
    _manage(url, "course", "load", quiet=True)
    print(f"{learners:,} learners:", end=" ", flush=True)
    _manage(url, "fabricate", "--learners", str(learners))
    # Hint bits and statistics, like those of a database in use.
    execute(url, "VACUUM (ANALYZE)")
    return url


def dropped(server: str, learners: int) -> None:
    execute(server, f"DROP DATABASE IF EXISTS {_NAME.format(learners)} WITH (FORCE)")


def _exists(server: str, name: str) -> bool:
    return bool(execute(server, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def _manage(url: str, *words: str, quiet: bool = False) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "busuu.settings.test"},
        stdout=subprocess.DEVNULL if quiet else None,
        cwd=ROOT,
        check=True,
    )
