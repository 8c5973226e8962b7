"""Make the virtual environment and install a hashed lock into it.

Any python3 may start this file, so its syntax stays old enough for one that is too old to go on:
it must still say so in one clear line.
"""

# ruff: noqa: B904 - `raise ... from` would not parse there

from __future__ import print_function

import argparse
import collections
import errno
import glob
import hashlib
import io
import os
import subprocess
import sys
import tempfile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable  # noqa: F401 - the type comments name it

OLDEST = (3, 11)
REMEMBERED_LINES = 8
VENV_MODULES = ("venv", "ensurepip")


class Refused(Exception):
    """Why the environment cannot be made, in words for the person at the terminal."""


def main(arguments=None):
    # type: (list[str] | None) -> int
    wanted = parse(arguments)
    try:
        ensure(os.path.abspath(wanted.venv), os.path.abspath(wanted.lock))
    except Refused as refusal:
        print("bootstrap: %s" % refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nbootstrap: interrupted; the next run starts it again", file=sys.stderr)
        return 130
    return 0


def parse(arguments):
    # type: (list[str] | None) -> argparse.Namespace
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lock", default="requirements.lock")
    parser.add_argument("--venv", default=".venv")
    return parser.parse_args(arguments)


def ensure(venv, lock):
    # type: (str, str) -> None
    """Leave `venv` with everything `lock` pins; do nothing when it already has it."""
    if is_installed(venv, lock):
        return
    check_python(tuple(sys.version_info[:2]))
    check_writable(venv)
    forget_stamps(venv)
    if not is_usable(venv):
        check_modules(VENV_MODULES)
        make_venv(venv)
    install(venv, lock)
    stamp(venv, lock)


# What is there already


def is_installed(venv, lock):
    # type: (str, str) -> bool
    if not os.path.exists(python_of(venv)):
        return False
    try:
        with io.open(stamp_path(venv, lock), encoding="utf-8") as stored:
            return stored.read() == stamp_text(venv, lock)
    except (IOError, OSError):
        return False


def stamp(venv, lock):
    # type: (str, str) -> None
    """Mark the lock, and each one beside it that asks for nothing more, as installed."""
    for satisfied in sorted(subsets(lock)):
        with io.open(stamp_path(venv, satisfied), "w", encoding="utf-8") as stored:
            stored.write(stamp_text(venv, satisfied))


def subsets(lock):
    # type: (str) -> list[str]
    lines = pinned_lines(lock)
    beside = glob.glob(os.path.join(os.path.dirname(os.path.abspath(lock)), "*.lock"))
    return [one for one in beside if pinned_lines(one) <= lines]


def pinned_lines(lock):
    # type: (str) -> set[str]
    return {line.rstrip(" \\") for line in read(lock).splitlines() if line.strip()}


def forget_stamps(venv):
    # type: (str) -> None
    """An install that is interrupted from here on must be done again, whatever it was for."""
    for stored in glob.glob(os.path.join(venv, ".installed-*")):
        os.remove(stored)


def stamp_path(venv, lock):
    # type: (str, str) -> str
    return os.path.join(venv, ".installed-" + os.path.basename(lock))


def stamp_text(venv, lock):
    # type: (str, str) -> str
    # The folder is part of it: the scripts of an environment that was moved start no more.
    digest = hashlib.sha256(read(lock).encode("utf-8")).hexdigest()
    return "%s %s\n" % (digest, os.path.realpath(venv))


def read(path):
    # type: (str) -> str
    try:
        with io.open(path, encoding="utf-8") as stored:
            return stored.read()
    except (IOError, OSError) as error:
        raise Refused("cannot read %s: %s" % (path, error.strerror))


def python_of(venv):
    # type: (str) -> str
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(venv, folder, name)


def is_usable(venv):
    # type: (str) -> bool
    """Whether the environment still stands where it was made, with a Python and a pip that run."""
    return not was_moved(venv) and answers([python_of(venv), "-I", "-m", "pip", "--version"])


def was_moved(venv):
    # type: (str) -> bool
    note = os.path.join(venv, ".made-in")
    return os.path.exists(note) and read(note).strip() != os.path.realpath(venv)


def answers(command):
    # type: (list[str]) -> bool
    try:
        return run(command)[0] == 0
    except (IOError, OSError):
        return False


# What may be missing


def check_python(version):
    # type: (tuple[int, ...]) -> None
    if version < OLDEST:
        raise Refused(
            "Python %d.%d is too old, %d.%d or newer is needed; "
            "name another one: make run PYTHON=python%d.%d" % (version + OLDEST + OLDEST)
        )


def check_writable(venv):
    # type: (str) -> None
    folder = venv if os.path.isdir(venv) else os.path.dirname(venv)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (IOError, OSError) as error:
        if error.errno == errno.ENOSPC:
            raise Refused("no space left in %s" % folder)
        raise Refused("cannot write in %s: %s" % (folder, error.strerror))


def check_modules(names):
    # type: (tuple[str, ...]) -> None
    for name in names:
        try:
            __import__(name)
        except ImportError:
            raise Refused(
                "this Python has no %s; on Debian and Ubuntu: apt-get install python3-venv" % name
            )


def check_replaceable(venv):
    # type: (str) -> None
    # `venv --clear` empties the folder, so it must be an environment or nothing.
    if not os.path.isdir(venv) or not os.listdir(venv):
        return
    if not os.path.exists(os.path.join(venv, "pyvenv.cfg")):
        raise Refused("%s is in the way: it is no virtual environment" % venv)


# Making it


def make_venv(venv):
    # type: (str) -> None
    check_replaceable(venv)
    print("Making the virtual environment with Python %d.%d" % tuple(sys.version_info[:2]))
    code, lines = run([sys.executable, "-I", "-m", "venv", "--clear", venv])
    if code != 0:
        raise Refused("python -m venv failed (exit %d):\n%s" % (code, indented(lines)))
    with io.open(os.path.join(venv, ".made-in"), "w", encoding="utf-8") as stored:
        stored.write("%s\n" % os.path.realpath(venv))


def install(venv, lock):
    # type: (str, str) -> None
    name = os.path.basename(lock)
    progress = Progress(name, count_pins(lock))
    code, lines = run(pip_install(venv, lock), progress.saw)
    progress.end()
    if code != 0:
        raise Refused(
            "pip could not install %s (exit %d): is there a network, and a package index?\n%s"
            % (name, code, indented(lines))
        )


def pip_install(venv, lock):
    # type: (str, str) -> list[str]
    command = [python_of(venv), "-I", "-m", "pip", "install", "--require-hashes", "--no-input"]
    command.extend(["--disable-pip-version-check", "--retries", "3", "-r", lock])
    return command


def count_pins(lock):
    # type: (str) -> int
    return len({line.split("==")[0] for line in pinned_lines(lock) if "==" in line})


def run(command, saw=None):
    # type: (list[str], Callable[[str], None] | None) -> tuple[int, list[str]]
    """Run to the end; return the exit code and the last lines it wrote."""
    last = collections.deque(maxlen=REMEMBERED_LINES)  # type: collections.deque[str]
    child = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        env=dict(os.environ, PIP_USER="0", PYTHONUNBUFFERED="1"),
    )
    assert child.stdout is not None
    for line in child.stdout:
        if last and is_retry(line) and is_retry(last[-1]):
            last.pop()
        last.append(line.rstrip())
        if saw:
            saw(line.strip())
    return child.wait(), list(last)


def is_retry(line):
    # type: (str) -> bool
    return "Retrying (" in line


def indented(lines):
    # type: (list[str]) -> str
    return "\n".join("  " + line for line in lines if line)


class Progress:
    """One line that moves on a terminal, a line a package elsewhere."""

    def __init__(self, lock, total):
        # type: (str, int) -> None
        self.total = total
        self.packages = set()  # type: set[str]
        self.retried = False
        self.moves = sys.stdout.isatty()
        print("Installing %d packages of %s" % (total, lock))

    def saw(self, line):
        # type: (str) -> None
        words = line.split()
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            self.show_package(words[1] if words[0] == "Collecting" else words[3])
        elif line.startswith(("Installing collected", "Building wheel")):
            self.show(line.split(":")[0])
        elif is_retry(line) and not self.retried:
            self.retried = True
            self.show("the package index does not answer, trying again")

    def show_package(self, requirement):
        # type: (str) -> None
        name = requirement.split("==")[0]
        if name not in self.packages:
            self.packages.add(name)
            self.show("%3d/%d %s" % (len(self.packages), self.total, requirement))

    def show(self, text):
        # type: (str) -> None
        sys.stdout.write("\r\033[K  %s" % text if self.moves else "  %s\n" % text)
        sys.stdout.flush()

    def end(self):
        # type: () -> None
        if self.moves:
            sys.stdout.write("\r\033[K")


if __name__ == "__main__":
    sys.exit(main())
