"""Time zone rules of the locked tzdata package. The files of the host may be years older."""

import zoneinfo
from importlib.metadata import version
from typing import Any

from django.core.checks import CheckMessage, Error, register

# The first release that knows of British Columbia's and Alberta's end of changing clocks.
OLDEST = (2026, 6)


def use_locked_rules() -> None:
    """Let `zoneinfo` read the tzdata package only, whatever PYTHONTZPATH or the host say."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()


@register
def check_zone_rules(**_: Any) -> list[CheckMessage]:
    """Refuse rules of the host, and rules older than `OLDEST`."""
    if zoneinfo.TZPATH:
        return [Error(f"zoneinfo reads {zoneinfo.TZPATH[0]} of the host", id="busuu.E022")]
    installed = version("tzdata")
    if tuple(int(part) for part in installed.split(".")[:2]) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        hint = "Install the locked packages."
        return [Error(f"tzdata {installed} is older than {oldest}", hint, id="busuu.E023")]
    return []
