"""The bootstrap of the virtual environment: what it refuses, and when it has nothing to do."""

import ast
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from busuu import bootstrap

BASE = "django==5.2 \\\n    --hash=sha256:aa\n"
DEV = BASE + "pytest==9.0 \\\n    --hash=sha256:bb\n"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text(BASE)
    return path


@pytest.fixture
def dev_lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements-dev.lock"
    path.write_text(DEV)
    return path


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A folder that looks like an environment; its Python is the one that runs the tests."""
    path = tmp_path / ".venv"
    (path / "bin").mkdir(parents=True)
    (path / "bin" / "python").symlink_to(sys.executable)
    (path / "pyvenv.cfg").touch()
    return path


class TestPython:
    def test_older_than_needed_is_refused_in_one_line(self) -> None:
        with pytest.raises(bootstrap.Refused) as refusal:
            bootstrap.check_python((3, 9))

        assert str(refusal.value) == (
            "Python 3.9 is too old, 3.11 or newer is needed; "
            "name another one: make run PYTHON=python3.11"
        )

    @pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
    def test_new_enough_is_accepted(self, version: tuple[int, int]) -> None:
        bootstrap.check_python(version)

    def test_without_ensurepip_names_the_package_to_install(self) -> None:
        with pytest.raises(bootstrap.Refused) as refusal:
            bootstrap.check_modules(("venv", "ensurepip_that_is_missing"))

        assert str(refusal.value) == (
            "this Python has no ensurepip_that_is_missing; "
            "on Debian and Ubuntu: apt-get install python3-venv"
        )

    def test_with_venv_and_ensurepip_is_accepted(self) -> None:
        bootstrap.check_modules(bootstrap.VENV_MODULES)

    def test_too_old_to_go_on_can_still_read_the_file(self) -> None:
        source = Path(bootstrap.__file__).read_text()

        tree = ast.parse(source, feature_version=(3, 4))

        newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match)
        assert [node.lineno for node in ast.walk(tree) if isinstance(node, newer)] == []
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        assert [one.name for one in functions if one.returns or one.args.kwonlyargs] == []


class TestFolder:
    def test_that_takes_no_file_is_refused(self) -> None:
        # /proc refuses root too, which a mode of 0o500 would not.
        with pytest.raises(bootstrap.Refused, match=r"^cannot write in /proc: .+$"):
            bootstrap.check_writable("/proc/.venv")

    def test_that_takes_files_is_left_as_it_was(self, tmp_path: Path) -> None:
        bootstrap.check_writable(str(tmp_path / ".venv"))

        assert list(tmp_path.iterdir()) == []

    def test_that_is_no_environment_is_not_cleared(self, tmp_path: Path) -> None:
        precious = tmp_path / "precious"
        precious.write_text("mine")

        with pytest.raises(bootstrap.Refused, match="it is no virtual environment"):
            bootstrap.make_venv(str(tmp_path))

        assert precious.read_text() == "mine"

    def test_that_was_moved_is_not_usable(self, venv: Path) -> None:
        (venv / ".made-in").write_text("/somewhere/else/.venv\n")

        assert not bootstrap.is_usable(str(venv))


class TestStamp:
    def test_is_missing_at_first(self, venv: Path, lock: Path) -> None:
        assert not bootstrap.is_installed(str(venv), str(lock))

    def test_makes_the_next_run_do_nothing(self, venv: Path, lock: Path) -> None:
        bootstrap.stamp(str(venv), str(lock))

        assert bootstrap.main(["--venv", str(venv), "--lock", str(lock)]) == 0
        assert bootstrap.is_installed(str(venv), str(lock))

    def test_ends_with_a_newer_lock(self, venv: Path, lock: Path) -> None:
        bootstrap.stamp(str(venv), str(lock))

        lock.write_text(BASE.replace("5.2", "5.3"))

        assert not bootstrap.is_installed(str(venv), str(lock))

    def test_ends_with_a_move(self, venv: Path, lock: Path) -> None:
        bootstrap.stamp(str(venv), str(lock))

        moved = venv.rename(venv.with_name("moved"))

        assert not bootstrap.is_installed(str(moved), str(lock))

    def test_ends_when_the_python_is_gone(self, venv: Path, lock: Path) -> None:
        bootstrap.stamp(str(venv), str(lock))

        (venv / "bin" / "python").unlink()

        assert not bootstrap.is_installed(str(venv), str(lock))

    def test_of_the_larger_lock_covers_the_smaller(
        self, venv: Path, lock: Path, dev_lock: Path
    ) -> None:
        bootstrap.stamp(str(venv), str(dev_lock))

        assert bootstrap.is_installed(str(venv), str(lock))

    def test_of_the_smaller_lock_does_not_cover_the_larger(
        self, venv: Path, lock: Path, dev_lock: Path
    ) -> None:
        bootstrap.stamp(str(venv), str(lock))

        assert not bootstrap.is_installed(str(venv), str(dev_lock))

    def test_of_a_lock_pinned_otherwise_does_not_cover(
        self, venv: Path, lock: Path, dev_lock: Path
    ) -> None:
        dev_lock.write_text(DEV.replace("aa", "cc"))

        bootstrap.stamp(str(venv), str(dev_lock))

        assert not bootstrap.is_installed(str(venv), str(lock))


class TestInstalling:
    def answer_with(self, venv: Path, script: str) -> None:
        python = venv / "bin" / "python"
        python.unlink()
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)

    def test_that_fails_shows_the_last_lines_and_leaves_no_stamp(
        self, venv: Path, lock: Path, dev_lock: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bootstrap.stamp(str(venv), str(lock))
        tries = "echo 'Retrying (2)'; echo 'Retrying (1)'; echo ERROR: no index; exit 2"
        self.answer_with(venv, f'[ "$4" = --version ] || {{ {tries}; }}')

        code = bootstrap.main(["--venv", str(venv), "--lock", str(dev_lock)])

        assert code == 1
        assert capsys.readouterr().err == (
            "bootstrap: pip could not install requirements-dev.lock (exit 2): "
            "is there a network, and a package index?\n  Retrying (1)\n  ERROR: no index\n"
        )
        assert not bootstrap.is_installed(str(venv), str(lock))

    def test_that_works_leaves_a_stamp(self, venv: Path, lock: Path) -> None:
        self.answer_with(venv, "exit 0")

        assert bootstrap.main(["--venv", str(venv), "--lock", str(lock)]) == 0

        assert bootstrap.is_installed(str(venv), str(lock))

    def test_of_a_lock_that_is_not_there_is_refused(
        self, venv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.answer_with(venv, "exit 0")
        absent = tmp_path / "absent.lock"

        assert bootstrap.main(["--venv", str(venv), "--lock", str(absent)]) == 1

        assert capsys.readouterr().err == (
            f"bootstrap: cannot read {absent}: No such file or directory\n"
        )


class TestProgress:
    def show(
        self, monkeypatch: pytest.MonkeyPatch, act: Callable[[bootstrap.Progress], None]
    ) -> str:
        written = io.StringIO()
        monkeypatch.setattr(sys, "stdout", written)
        act(bootstrap.Progress("some.lock", 2))
        return written.getvalue()

    def test_counts_each_package_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def act(progress: bootstrap.Progress) -> None:
            progress.saw("Collecting django==5.2")
            progress.saw("Collecting django==5.2")
            progress.saw("Requirement already satisfied: orjson==3.11 in ./lib (from -r x)")

        assert self.show(monkeypatch, act) == (
            "Installing 2 packages of some.lock\n    1/2 django==5.2\n    2/2 orjson==3.11\n"
        )

    def test_tells_of_a_silent_index_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def act(progress: bootstrap.Progress) -> None:
            progress.saw("WARNING: Retrying (Retry(total=2)) after connection broken")
            progress.saw("WARNING: Retrying (Retry(total=1)) after connection broken")

        assert self.show(monkeypatch, act) == (
            "Installing 2 packages of some.lock\n"
            "  the package index does not answer, trying again\n"
        )
