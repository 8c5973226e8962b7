"""Programs of this machine and the processes that run them."""

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path


def find_program(*names: str) -> str | None:
    """Return the path of the first program that is installed."""
    path = os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin"
    return next((found for name in names if (found := shutil.which(name, path=path))), None)


def started_at(pid: int) -> str:
    """Return the start time of a process in the system's own unit; empty if it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to a process group. Does nothing if the group has ended."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def group_lives(group: int) -> bool:
    """Whether a process of the group runs. Zombies do not count."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(group, os.WNOHANG)
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not Path("/proc/self/stat").exists() or any(_runs_in(group))


def _runs_in(group: int) -> Iterator[bool]:
    # In a container the first process may reap no zombies, and their group would seem to live.
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, process_group = stat.read_text().rpartition(")")[2].split()[:3]
            yield int(process_group) == group and state not in "ZX"
