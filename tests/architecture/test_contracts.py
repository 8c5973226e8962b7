"""The import contracts stand over everything, and each of them can fail."""

import re
import shutil
import subprocess
import sys
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import grimp
import pytest
from django.apps import apps
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

from busuu.celery import CONTEXT_QUEUES
from busuu.settings.databases import CONTEXTS

ROOT = Path(__file__).resolve().parents[2]
configure()


def _contracts() -> dict[str, Any]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {contract["id"]: contract for contract in config["contracts"]}


def _contexts() -> set[str]:
    folders = (ROOT / "contexts").iterdir()
    return {folder.name for folder in folders if (folder / "__init__.py").is_file()} - {"shared"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("packs", "__pycache__")
    for name in ("busuu", "contexts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("busuu", "contexts", include_external_packages=True, cache_dir=None)


def _kept(contract: str, graph: grimp.ImportGraph) -> bool:
    """Return whether a contract holds, as lint-imports checks it."""
    options = read_user_options(str(ROOT / "pyproject.toml"))
    [chosen] = [one for one in options.contracts_options if one["id"] == contract]
    kind = {"layers": LayersContract, "forbidden": ForbiddenContract}[chosen["type"]]
    # A check changes its graph.
    checked = kind(chosen["name"], options.session_options, chosen).check(
        deepcopy(graph), verbose=False
    )
    return bool(checked.kept)


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


FORBIDDEN = [
    ("contexts", "contexts/shared/http/paging.py", "import contexts.courses.models"),
    ("contexts", "contexts/community/queries/members.py", "import contexts.identity.models"),
    ("contexts", "contexts/courses/adapters/catalogue.py", "import contexts.identity.queries"),
    ("contexts", "contexts/identity/models.py", "import busuu.workshop.demo"),
    ("contexts", "contexts/community/subscribers.py", "import contexts.courses.api"),
    ("shared-layers", "contexts/shared/kernel/money.py", "import contexts.shared.language"),
    ("shared-layers", "contexts/shared/messaging/relay.py", "import contexts.shared.http.actor"),
    (
        "shared-layers",
        "contexts/shared/database/placement/router.py",
        "import contexts.shared.messaging",
    ),
    (
        "database-layers",
        "contexts/shared/database/failures/outages.py",
        "import contexts.shared.database.placement.aliases",
    ),
    (
        "database-layers",
        "contexts/shared/database/statements/upsert.py",
        "import contexts.shared.database.transactions.atomic",
    ),
    ("hexagon", "contexts/courses/domain/enrollments.py", "import contexts.courses.application"),
    ("hexagon", "contexts/courses/models/catalogue.py", "import contexts.courses.queries"),
    ("hexagon", "contexts/identity/services/roles.py", "import contexts.identity.rest.accounts"),
    ("hexagon", "contexts/courses/adapters/catalogue.py", "import contexts.courses.queries"),
    ("door", "contexts/courses/rest/enrollments.py", "import contexts.courses.models"),
    ("hexagon", "contexts/identity/services/roles.py", "import contexts.identity.api"),
    ("hexagon", "contexts/tutoring/adapters/rooms.py", "import contexts.tutoring.services.rooms"),
    ("door", "contexts/tutoring/rest/rooms.py", "import contexts.tutoring.services.rooms"),
    ("admin", "contexts/billing/admin.py", "import contexts.billing.services"),
    ("door", "contexts/identity/subscribers.py", "import contexts.identity.adapters.tokens"),
    ("contexts", "contexts/billing/adapters/providers.py", "import busuu.sandbox.provider"),
    ("sandbox", "busuu/sandbox/paying.py", "import contexts.billing.domain.ledger"),
    ("core", "contexts/courses/domain/enrollments.py", "import django.db"),
    ("core", "contexts/courses/application/enrollments.py", "import contexts.shared.messaging"),
    ("core", "contexts/shared/language/tokens.py", "import subprocess"),
    ("core", "contexts/identity/events.py", "import pydantic"),
]


class TestContracts:
    @pytest.mark.parametrize("contract", _contracts())
    def test_hold(self, contract: str, graph: grimp.ImportGraph) -> None:
        assert _kept(contract, graph)

    @pytest.mark.parametrize(("contract", "module", "line"), FORBIDDEN)
    def test_fail_for_a_forbidden_import(
        self, graph: grimp.ImportGraph, contract: str, module: str, line: str
    ) -> None:
        importer, imported = _module(module), line.removeprefix("import ")
        assert importer in graph.modules
        spoilt = deepcopy(graph)
        # The graph knows other people's packages by their first name alone.
        ours = imported.startswith(("busuu.", "contexts."))
        found = imported if ours else imported.partition(".")[0]

        spoilt.add_import(importer=importer, imported=found, line_number=1, line_contents=line)

        assert not _kept(contract, spoilt)

    def test_hold_and_fail_on_the_command_line(self, copy: Path) -> None:
        before = _lint(copy)
        contract, module, line = FORBIDDEN[0]
        with (copy / module).open("a") as file:
            file.write(f"\n{line}\n")

        after = _lint(copy)

        assert before.returncode == 0, before.stdout
        assert after.returncode == 1
        assert f"{_contracts()[contract]['name']} BROKEN" in after.stdout

    def test_fail_for_a_stray_module(self, graph: grimp.ImportGraph) -> None:
        spoilt = deepcopy(graph)

        spoilt.add_module("contexts.billing.utils")

        assert not _kept("hexagon", spoilt)

    def test_see_every_folder(self) -> None:
        """Without an `__init__.py` import-linter does not see the modules of a folder."""
        modules = {file.parent for file in (ROOT / "contexts").rglob("*.py")}

        assert {folder for folder in modules if not (folder / "__init__.py").exists()} == set()

    def test_name_every_context(self) -> None:
        contracts = _contracts()

        siblings = {name.strip() for name in contracts["contexts"]["layers"][1].split("|")}

        expected = {f"contexts.{name}" for name in _contexts()}
        assert siblings == expected
        assert set(contracts["hexagon"]["containers"]) == expected

    def test_are_not_all_that_knows_every_context(self) -> None:
        """README.md, "Add a context", names the others. test_docker.py checks the composition."""
        table = re.findall(
            r"^\| \[(\w+)\]\(contexts/", (ROOT / "README.md").read_text(), re.MULTILINE
        )

        assert set(CONTEXTS) == set(CONTEXT_QUEUES) == _contexts()
        assert set(table) - {"shared"} == _contexts()
        for name in _contexts():
            assert f"contexts.{name}" in {app.name for app in apps.get_app_configs()}
            assert (ROOT / "contexts" / name / "README.md").is_file()

    def test_show_that_each_of_them_can_fail(self) -> None:
        assert {contract for contract, _, _ in FORBIDDEN} == set(_contracts())


class TestCallsBetweenContexts:
    def test_form_no_cycle(self, graph: grimp.ImportGraph) -> None:
        calls = {
            (_context(importer), _context(imported))
            for imported in graph.modules
            if _context(imported) in _contexts() and imported.split(".")[2:3] == ["api"]
            for importer in graph.find_modules_that_directly_import(imported)
            if _context(importer) in _contexts()
        }

        assert not _cycle({pair for pair in calls if pair[0] != pair[1]})

    def test_would_be_found_if_they_did(self) -> None:
        assert _cycle({("a", "b"), ("b", "c"), ("c", "a")})


def _context(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def _cycle(calls: set[tuple[str, str]]) -> set[str]:
    """Return the contexts in cycles, or that call one."""
    left = {name for pair in calls for name in pair}
    while True:
        idle = {name for name in left if not any(a == name and b in left for a, b in calls)}
        if not idle:
            return left
        left -= idle
