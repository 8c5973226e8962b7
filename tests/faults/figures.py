"""The results of the faults, as a table at the end of the run."""

from typing import Any

_HEAD = ("what was done", "events", "acknowledged", "lost", "missing", "doubled", "open", "dead")
_ROWS: list[tuple[str, ...]] = []


def note(what: str, tally: dict[str, Any], remark: str = "") -> None:
    """Add a row. `lost` were acknowledged, not published; `missing` published, not handled."""
    columns = ("published", "acknowledged", "unkept", "missing", "doubled", "open", "dead")
    _ROWS.append((what, *(f"{tally.get(column, 0):,}" for column in columns), remark))


def table() -> list[str]:
    """Return a line for each row. Empty if there are no rows."""
    if not _ROWS:
        return []
    rows = [(*_HEAD, ""), *_ROWS]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [_line(row, widths).rstrip() for row in rows]


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    what, *figures, remark = row
    padded = (text.rjust(width) for text, width in zip(figures, widths[1:], strict=False))
    return "  ".join([what.ljust(widths[0]), *padded, remark])
