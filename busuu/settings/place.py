"""The environment, and where this installation keeps its files."""

import os
from pathlib import Path

from busuu.settings.environment import Environment

env = Environment()
# Docker Compose passes unset variables as empty ones.
env.ENVIRON = {name: value for name, value in os.environ.items() if value}
if not os.environ.get("PROMETHEUS_MULTIPROC_DIR", "unset"):
    # prometheus_client looks only at whether the variable exists.
    del os.environ["PROMETHEUS_MULTIPROC_DIR"]
BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
