"""An engine's folder, and commands that run in it as the engine's own user."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

from engines.messages import Refused


class Workspace:
    user: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def environment(self) -> dict[str, str]:
        """Return the variables that the engine needs beside the usual ones."""
        return {}

    def owner(self) -> str | None:
        """Return the user that root starts the engine as; None if we are not root."""
        return self.user if os.geteuid() == 0 else None

    def execute(self, command: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            **self._context(**variables),
        )

    def must(self, command: list[str]) -> None:
        """Run a command. Raises Refused with its last lines if it fails."""
        done = self.execute(command)
        if done.returncode != 0:
            output = "\n".join((done.stdout + done.stderr).splitlines()[-10:])
            raise Refused(f"{Path(command[0]).name} failed (exit {done.returncode})\n{output}")

    def spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start a command that outlives us, in a process group of its own, writing to `log`."""
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._context(),
            )

    def log_tail(self) -> str:
        lines = (self.folder / "log").read_text(errors="replace").splitlines()
        return "\n".join(f"  {line}" for line in lines[-12:])

    def write(self, name: str, text: str) -> Path:
        """Write a file that only the engine's user may read."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(text)
        self._hand_over(path)
        return path

    def empty(self) -> None:
        """Make the folder, or make it anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.folder.chmod(0o750)
        self._hand_over(self.folder)

    def _hand_over(self, path: Path) -> None:
        if (owner := self.owner()) is not None:
            shutil.chown(path, owner, pwd.getpwnam(owner).pw_gid)

    def _context(self, **variables: str) -> dict[str, Any]:
        inherited = {key: os.environ[key] for key in ("PATH", "TZ") if key in os.environ}
        private = {"HOME": str(self.folder), "LANG": "C.UTF-8", "TMPDIR": "/tmp"}
        env = inherited | private | self.environment() | variables
        return {"cwd": self.folder, "env": env, **self._privileges()}

    def _privileges(self) -> dict[str, Any]:
        owner = self.owner()
        if owner is None:
            return {}
        group = pwd.getpwnam(owner).pw_gid
        return {"user": owner, "group": group, "extra_groups": os.getgrouplist(owner, group)}
