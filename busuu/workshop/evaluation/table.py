"""Figures as rows of a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure. `demand` says in words what it must reach, if anything."""

    name: str
    value: str
    demand: str = ""
    holds: bool = True


def lines(title: str, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield the lines of a table, with a mark at each figure that misses its demand."""
    yield title
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        mark = "" if figure.holds else "  MISSED"
        demand = f"  ({figure.demand})" if figure.demand else ""
        yield f"  {figure.name.ljust(width)}  {figure.value}{demand}{mark}"
