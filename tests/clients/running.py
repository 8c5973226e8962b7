"""Run tools in a folder of var/clients."""

import os
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WORK = ROOT / "var" / "clients"
SCHEMA = ROOT / "docs" / "openapi.yaml"


class Failed(RuntimeError):
    """A tool failed; its output says why."""


def run(*command: str | Path, cwd: Path = WORK, **environment: str) -> str:
    """Return a command's output. Raises Failed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{command[0]} ended with {done.returncode}:\n{done.stdout[-4_000:]}")
    return done.stdout


def copied(name: str, folder: Path) -> Path:
    """Copy a program into a folder and return its path there."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    target.write_text((HERE / "programs" / name).read_text(encoding="utf-8"), encoding="utf-8")
    return target
