"""The Makefile's virtual environment: its refusals, and when there is nothing to install."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BASE = "django==5.2 \\\n    --hash=sha256:aa\n"
DEV = BASE + "pytest==9.0 \\\n    --hash=sha256:bb\n"
ENGINES = DEV + "redis==5.2 \\\n    --hash=sha256:cc\n"
LOCKS = {
    "requirements.lock": BASE,
    "requirements-dev.lock": DEV,
    "requirements-engines.lock": ENGINES,
}


class Checkout:
    """A folder with our Makefile and a Python that writes down its commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.venv = folder / ".venv"
        self.bin = folder.parent / "bin"
        self.bin.mkdir()
        folder.mkdir()
        shutil.copy(ROOT / "Makefile", folder)
        for name, text in LOCKS.items():
            (folder / name).write_text(text)
        self.program("pip", "exit 0")
        self.program("python", self.make_venv())

    def program(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{self.bin}/{name}.log"\n{script}\n')
        path.chmod(0o755)

    def make_venv(self) -> str:
        """Return a script for `python -m venv`: a folder, whose Python is the program `pip`."""
        made = f"mkdir -p .venv/bin; touch .venv/pyvenv.cfg; cp {self.bin}/pip .venv/bin/python"
        return f'case "$*" in *"-m venv"*) {made};; esac'

    def move(self, name: str) -> None:
        self.folder = self.folder.rename(self.folder.with_name(name))
        self.venv = self.folder / ".venv"

    def make(self, target: str, *variables: str) -> subprocess.CompletedProcess[str]:
        command = ["make", "--no-print-directory", target, f"PYTHON={self.bin}/python", *variables]
        # The variables of a make that runs the tests would change this one.
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        return subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )

    def refusal(self, target: str, *variables: str) -> str:
        """Return our line of a make that must fail. Make's own line follows it."""
        done = self.make(target, *variables)
        assert done.returncode != 0
        *lines, last = done.stderr.splitlines()
        assert last.startswith("make: *** [")
        return "\n".join(lines)

    def installed(self) -> list[str]:
        """Return the locks that were installed since the last look."""
        return [line.split()[-1] for line in self.commands("pip") if " install " in line]

    def commands(self, name: str) -> list[str]:
        log = self.bin / f"{name}.log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


def _claims(version: tuple[int, ...]) -> str:
    return (
        f'[ "$1" != -c ] || exec {sys.executable} -c "import sys; sys.version_info = {version}; $2"'
    )


class TestPython:
    def test_older_than_needed_is_refused_in_one_line(self, checkout: Checkout) -> None:
        checkout.program("python", _claims((3, 9, 18)))

        assert checkout.refusal("venv") == (
            "make: Python 3.9 is too old, 3.11 or newer is needed; "
            "name another one: make run PYTHON=python3.11"
        )
        assert not checkout.venv.exists()

    @pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 0), (4, 0, 0)])
    def test_new_enough_is_accepted(self, checkout: Checkout, version: tuple[int, ...]) -> None:
        checkout.program("python", f"{_claims(version)}\n{checkout.make_venv()}")

        assert checkout.make("venv").returncode == 0

    @pytest.mark.parametrize("module", ["venv", "ensurepip"])
    def test_without_a_module_names_the_package_to_install(
        self, checkout: Checkout, module: str
    ) -> None:
        checkout.program("python", f'[ "$2" != "import {module}" ]')

        assert checkout.refusal("venv") == (
            f"make: this Python has no {module}; on Debian and Ubuntu: apt-get install python3-venv"
        )

    def test_too_old_to_go_on_can_still_read_the_check(self, checkout: Checkout) -> None:
        checkout.make("venv")

        code = checkout.commands("python")[0].removeprefix("-c ")
        assert "too old" in code
        ast.parse(code, feature_version=(3, 4))
        assert 'f"' not in code


class TestFolder:
    def test_that_takes_no_file_is_refused(self, checkout: Checkout) -> None:
        # /proc refuses root too, which a mode of 0o500 would not.
        refusal = checkout.refusal("venv", "VENV=/proc/1/busuu")

        assert refusal.startswith("make: cannot write in ")
        assert "/proc/1/: " in refusal
        assert "\n" not in refusal

    def test_that_is_no_environment_is_not_cleared(self, checkout: Checkout) -> None:
        checkout.venv.mkdir()
        (checkout.venv / "precious").write_text("mine")

        assert checkout.refusal("venv") == (
            f"make: {checkout.venv} is in the way: it is no virtual environment"
        )
        assert (checkout.venv / "precious").read_text() == "mine"

    def test_of_an_environment_made_by_hand_is_kept(self, checkout: Checkout) -> None:
        checkout.venv.mkdir()
        (checkout.venv / "pyvenv.cfg").touch()
        (checkout.venv / "precious").write_text("mine")

        assert checkout.make("venv").returncode == 0
        assert (checkout.venv / "precious").read_text() == "mine"

    def test_whose_making_was_interrupted_is_completed(self, checkout: Checkout) -> None:
        checkout.program("python", f"{checkout.make_venv()}; [ $1 != -I ] || kill -9 $$")
        checkout.make("venv")
        assert checkout.installed() == []
        checkout.program("python", checkout.make_venv())

        assert checkout.make("venv").returncode == 0
        assert checkout.commands("python")[-1] == "-I -m venv .venv"
        assert checkout.installed() == ["requirements.lock"]


class TestStamp:
    def test_makes_the_next_run_do_nothing(self, checkout: Checkout) -> None:
        checkout.make("venv")
        assert checkout.installed() == ["requirements.lock"]
        checkout.commands("python")

        done = checkout.make("venv")

        assert (done.returncode, done.stderr) == (0, "")
        assert (checkout.installed(), checkout.commands("python")) == ([], [])

    def test_ends_with_another_lock_even_of_an_older_date(self, checkout: Checkout) -> None:
        checkout.make("venv")
        checkout.installed()

        lock = checkout.folder / "requirements.lock"
        lock.write_text(BASE.replace("5.2", "5.3"))
        subprocess.run(["touch", "-d", "2020-01-01", lock], check=True)
        checkout.make("venv")

        assert checkout.installed() == ["requirements.lock"]

    def test_does_not_come_back_with_the_lock_of_before(self, checkout: Checkout) -> None:
        lock = checkout.folder / "requirements.lock"
        checkout.make("venv")
        lock.write_text(BASE.replace("5.2", "5.3"))
        checkout.make("venv")
        checkout.installed()

        lock.write_text(BASE)
        checkout.make("venv")

        assert checkout.installed() == ["requirements.lock"]

    def test_ends_with_a_move_that_makes_the_environment_anew(self, checkout: Checkout) -> None:
        checkout.make("venv")
        (checkout.venv / "bin" / "ruff").touch()
        checkout.installed()

        checkout.move("moved")
        checkout.make("venv")

        assert checkout.installed() == ["requirements.lock"]
        assert checkout.commands("python")[-1] == "-I -m venv .venv"
        assert not (checkout.venv / "bin" / "ruff").exists()

    def test_ends_when_the_python_is_gone(self, checkout: Checkout) -> None:
        checkout.make("venv")
        checkout.installed()

        (checkout.venv / "bin" / "python").unlink()
        checkout.make("venv")

        assert checkout.installed() == ["requirements.lock"]

    def test_of_the_larger_lock_covers_the_smaller(self, checkout: Checkout) -> None:
        checkout.make("venv-engines")
        checkout.make("venv-dev")
        checkout.make("venv")

        assert checkout.installed() == ["requirements-engines.lock"]

    def test_of_the_smaller_lock_does_not_cover_the_larger(self, checkout: Checkout) -> None:
        checkout.make("venv-dev")
        checkout.make("venv-engines")

        assert checkout.installed() == ["requirements-dev.lock", "requirements-engines.lock"]

    def test_may_cover_since_each_lock_holds_the_pins_of_the_smaller(self) -> None:
        locks = [(ROOT / name).read_text().splitlines() for name in LOCKS]
        base, dev, engines = [{line.rstrip(" \\") for line in lock} for lock in locks]

        assert base < dev < engines


class TestInstalling:
    def test_that_fails_shows_pips_lines_and_leaves_no_stamp(self, checkout: Checkout) -> None:
        checkout.make("venv")
        failing = 'case "$*" in *requirements-dev.lock) echo ERROR: no index >&2; exit 2;; esac'
        checkout.program("pip", failing)
        shutil.copy(checkout.bin / "pip", checkout.venv / "bin" / "python")

        assert checkout.refusal("venv-dev") == (
            "ERROR: no index\nmake: pip could not install requirements-dev.lock (exit 2): "
            "is there a network and a package index?"
        )
        checkout.installed()
        checkout.make("venv")
        assert checkout.installed() == ["requirements.lock"]

    def test_that_is_killed_leaves_no_stamp(self, checkout: Checkout) -> None:
        checkout.program("pip", "kill -9 $$")
        checkout.make("venv")
        checkout.program("pip", "exit 0")
        shutil.copy(checkout.bin / "pip", checkout.venv / "bin" / "python")
        checkout.installed()

        checkout.make("venv")

        assert checkout.installed() == ["requirements.lock"]

    def test_checks_every_hash(self, checkout: Checkout) -> None:
        checkout.make("venv")

        (command,) = checkout.commands("pip")
        assert "--require-hashes" in command.split()

    def test_of_a_lock_that_is_missing_is_refused(self, checkout: Checkout) -> None:
        (checkout.folder / "requirements-dev.lock").unlink()

        done = checkout.make("venv-dev")

        assert done.returncode == 2
        assert done.stderr.startswith("make: *** No rule to make target ")
        assert "/requirements-dev.lock', needed by 'venv-dev'." in done.stderr
        assert checkout.installed() == []

    def test_tells_how_much_there_is_to_install(self, checkout: Checkout) -> None:
        done = checkout.make("venv-dev")

        assert "Installing 2 packages of requirements-dev.lock\n" in done.stdout
