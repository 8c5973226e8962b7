"""Python with production's settings, and no servers behind them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DEPLOYMENT = {
    "DJANGO_SETTINGS_MODULE": "busuu.settings.production",
    "DEVELOPMENT": "0",
    "SECRET_KEY": "only-for-this-test-" + "x7Kq" * 12,
    "ALLOWED_HOSTS": "busuu.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing",
    "BROKER_URL": "amqp://127.0.0.1:9//",
    "CACHE_URL": "redis://127.0.0.1:9/0",
}


def python(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run Python to its end. `changed` are other values of variables."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **DEPLOYMENT, **changed},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
