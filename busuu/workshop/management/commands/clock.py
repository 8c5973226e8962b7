import re
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from busuu.workshop import clock
from contexts.shared.kernel import DomainError, now

_SPAN = re.compile(r"(?P<count>[0-9]{1,6})(?P<unit>[smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Command(BaseCommand):
    help = "Show the development clock, move it forward, or reset it on a new database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("advance", nargs="?", help="how far: 90s, 10m, 36h or 14d; or reset")

    def handle(self, *, advance: str | None, **options: Any) -> None:
        if advance:
            try:
                clock.reset() if advance == "reset" else clock.advance(_span(advance))
            except DomainError as error:
                raise CommandError(str(error)) from None
        ahead = clock.read(clock.file())
        self.stdout.write(f"{now():%Y-%m-%d %H:%M:%S} UTC, {ahead} ahead")


def _span(text: str) -> timedelta:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise CommandError(f"not a span of time: {text}; write 90s, 10m, 36h or 14d")
    return timedelta(**{_UNITS[found["unit"]]: int(found["count"])})
