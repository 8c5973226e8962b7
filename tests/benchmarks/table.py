"""What was measured, and what was promised."""

from dataclasses import dataclass

from tests.benchmarks.harness import Ratio

_HEAD = ("work", "must", "stretch", "reached", "middle half", "CPU", "ours", "other", "verdict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`reached` is the ratio of wall time, `cpu` of the process's CPU time; times are texts."""

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


def render(title: str, rows: list[Row]) -> str:
    cells = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEAD))]
    rule = tuple("-" * width for width in widths)
    lines = [_line(line, widths) for line in (cells[0], rule, *cells[1:])]
    return "\n".join([f"## {title}", "", *lines, ""])


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (text.ljust(width) for text, width in zip(cells, widths, strict=True))
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
