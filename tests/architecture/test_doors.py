"""Tests outside a context reach it by its door and over HTTP only.

`tests/unit/<context>` and `tests/integration/<context>` may import their own context's layers.
Factories and fakes may import any, since they stand for them.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from busuu.settings.databases import CONTEXTS

ROOT = Path(__file__).parents[2]
OPEN = {"api", "events", "queries", "permissions"}
OUTSIDE = ("functional", "browser", "faults", "benchmarks", "operations")
BELOW = {
    # Both serve our rows without our layers, to be compared with ours.
    "tests/benchmarks/bare.py",
    "tests/benchmarks/stock.py",
    # Measures grading and scheduling alone, in pure Python.
    "tests/benchmarks/grading.py",
}


def _imports(source: str) -> Iterator[tuple[str, str]]:
    """Yield (context, layer) for each import from a context."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "contexts" and len(parts) > 2 and parts[1] in CONTEXTS:
                yield parts[1], parts[2]


def _below(source: str, *, own: str = "") -> list[str]:
    return [
        f"{context}.{layer}"
        for context, layer in _imports(source)
        if layer not in OPEN and context != own
    ]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _files(folder: str) -> list[Path]:
    return sorted((ROOT / "tests" / folder).rglob("*.py"))


class TestDoors:
    @pytest.mark.parametrize("folder", OUTSIDE)
    def test_are_what_tests_over_several_contexts_use(self, folder: str) -> None:
        found = {_name(path): _below(path.read_text()) for path in _files(folder)}

        expected = {name for name in BELOW if name.startswith(f"tests/{folder}/")}
        assert {path for path, names in found.items() if names} == expected, found

    @pytest.mark.parametrize("kind", ["unit", "integration"])
    @pytest.mark.parametrize("context", CONTEXTS)
    def test_are_what_a_contexts_tests_use_of_others(self, kind: str, context: str) -> None:
        files = _files(f"{kind}/{context}")
        found = {_name(path): _below(path.read_text(), own=context) for path in files}

        assert {path: names for path, names in found.items() if names} == {}

    @pytest.mark.parametrize(
        "line",
        [
            "from contexts.billing.models import Wallet",
            "from contexts.billing import models",
            "import contexts.billing.domain.wallet",
        ],
    )
    def test_are_missed_by_an_import_below_one(self, line: str) -> None:
        assert _below(line) != []
        assert _below(line, own="billing") == []
