"""The figures that were measured, beside the goals that were set."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.benchmarks.harness import Ratio

_HEAD = ("work", "must", "stretch", "reached", "middle half", "CPU", "ours", "other", "verdict")
# A row is printed before the next ones are known, so widths are fixed.
_WIDTHS = (58, 8, 9, 11, 16, 5, 16, 12, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`reached` is the ratio of wall time, `cpu` of the process's CPU time. Times are texts."""

    work: str
    reached: float
    unit: str = "x"
    low: float | None = None
    high: float | None = None
    cpu: float | None = None
    must: float | None = None
    stretch: float | None = None
    ours: str = ""
    other: str = ""

    @property
    def verdict(self) -> str:
        if self.stretch is not None and self.reached >= self.stretch:
            return "stretch"
        if self.must is not None:
            return "must" if self.reached >= self.must else "MISSED"
        return "" if self.stretch is None else "below stretch"


def ratio_row(work: str, ratio: Ratio, **more: object) -> Row:
    return Row(work=work, reached=ratio.median, low=ratio.low, high=ratio.high, **more)  # type: ignore[arg-type]


def microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def show(title: str, rows: Iterable[Row]) -> list[Row]:
    """Print a table, each row as soon as it comes. Return the rows."""
    print(f"## {title}\n", flush=True)
    shown: list[Row] = []
    for row in rows:
        if not shown:
            print(_line(_HEAD), _line(tuple("-" * width for width in _WIDTHS)), sep="\n")
        print(_line(_cells(row)), flush=True)
        shown.append(row)
    print(flush=True)
    return shown


def _line(cells: tuple[str, ...]) -> str:
    padded = (text.ljust(width) for text, width in zip(cells, _WIDTHS, strict=True))
    return f"| {' | '.join(padded)} |"


def _cells(row: Row) -> tuple[str, ...]:
    spread = "" if row.low is None else f"{_figure(row.low)} to {_figure(row.high)}"
    cpu = "" if row.cpu is None else _figure(row.cpu)
    figures = (_figure(row.must), _figure(row.stretch), _figure(row.reached) + row.unit)
    return (row.work, *figures, spread, cpu, row.ours, row.other, row.verdict)


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
