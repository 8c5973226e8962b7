"""The development clock. Its offset is a file in var/, which every process reads.

It moves only forward, because rows of a later day may exist already. A database without such rows
allows to reset it.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError

from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import Conflict, Invalid, clock
from contexts.shared.messaging.queries import newest_event

FARTHEST = timedelta(days=3650)


class ClockIsFixed(Conflict):
    code = "clock_is_fixed"
    message = "Only the clock of a development server can be moved."


class TooFar(Invalid):
    code = "clock_too_far"
    message = "The clock moves forward, at most ten years in all."


class RowsAhead(Conflict):
    code = "clock_rows_ahead"
    message = (
        "The database has events of {newest}, which is ahead of the real time. Remove it first "
        "(the folder {folder}), or go on with the moved clock."
    )


class MovedClock:
    """Returns the offset in the file, and reads it again when the file changes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._offset = timedelta(0)

    def __call__(self) -> timedelta:
        try:
            found = os.stat(self._file)  # noqa: PTH116 - called at every look at the clock
        except FileNotFoundError:
            return timedelta(0)
        seen = (found.st_mtime_ns, found.st_ino)
        if seen != self._seen:
            self._offset, self._seen = read(self._file), seen
        return self._offset


def file() -> Path:
    return Path(settings.VAR_DIR) / "clock.json"


def read(path: Path) -> timedelta:
    """Return the offset in a file, or zero if there is no file."""
    try:
        seconds = json.loads(path.read_text())["seconds_ahead"]
    except FileNotFoundError:
        return timedelta(0)
    return timedelta(seconds=seconds)


def install() -> None:
    """Let this process follow the file. Does nothing outside development."""
    if settings.DEVELOPMENT:
        clock.install_offset(MovedClock(file()))


def advance(by: timedelta) -> timedelta:
    """Move the clock forward. Returns the new offset. Raises ClockIsFixed, TooFar."""
    if not settings.DEVELOPMENT:
        raise ClockIsFixed
    ahead = read(file()) + by
    if by < timedelta(0) or ahead > FARTHEST:
        raise TooFar
    fresh = file().with_suffix(".new")
    fresh.write_text(json.dumps({"seconds_ahead": ahead.total_seconds()}))
    fresh.replace(file())
    return ahead


def reset() -> None:
    """Set the clock back to the real time. Raises ClockIsFixed, RowsAhead.

    Only an empty or a new database allows it: rows of a later day may not lie in the future.
    """
    if not settings.DEVELOPMENT:
        raise ClockIsFixed
    newest = max(filter(None, map(_newest_event, all_aliases())), default=None)
    if newest is not None and newest > datetime.now(UTC):
        raise RowsAhead(newest=f"{newest:%Y-%m-%d %H:%M}", folder=str(settings.VAR_DIR))
    file().unlink(missing_ok=True)


def _newest_event(alias: str) -> datetime | None:
    try:
        return newest_event(using=alias)
    except DatabaseError:
        # The tables are not made yet.
        return None


@register()
def fixed_outside_development(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a moved clock outside development."""
    if settings.DEVELOPMENT or not read(file()):
        return []
    return [Error(f"the clock is moved outside development: {file()}", id="busuu.E015")]
