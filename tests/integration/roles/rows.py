"""The tables of who gets which answer: one row an operation, one column a role."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.integration.roles.stage import ROLES

Row = Mapping[str, int | str]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Each role's answer, what it is told that it should not know, and what it moves.

    `moved` are the models of rows that were there before and do not name the caller; what the
    learner and those who deal with the learner move is not looked at.
    """

    row: Row
    told: Mapping[str, set[str]]
    moved: set[str]


def table(name: str) -> dict[str, Row]:
    """The rows that were read by a human."""
    path = Path(__file__).with_name(f"{name}.toml")
    rows: dict[str, Row] = tomllib.loads(path.read_text(encoding="utf-8"))
    return rows


def gaps(rows: Mapping[str, Row], operations: Iterable[str]) -> set[str]:
    """What has no whole row, and which row is about nothing."""
    operations = set(operations)
    halves = {name for name, row in rows.items() if set(row) != set(ROLES)}
    return (operations ^ set(rows)) | halves


def line(name: str, row: Row) -> str:
    """A row as the table has it."""
    cells = (
        f"{role} = {value}" if isinstance(value, int) else f'{role} = "{value}"'
        for role, value in row.items()
    )
    return f'"{name}" = {{ {", ".join(cells)} }}'


def let_in(row: Row) -> set[str]:
    """The roles for whom it works."""
    return {
        role
        for role, value in row.items()
        if value == "ok" or (isinstance(value, int) and value < 300)
    }
