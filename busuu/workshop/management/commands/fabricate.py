import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from busuu.workshop.fabricating import fabricate
from contexts.courses.api import CourseNotFound
from contexts.shared.kernel import now
from contexts.shared.people.made_up import MOST

_WIDTH = 30


class Command(BaseCommand):
    help = (
        "Write synthetic learners and their history into the tables of every context. "
        "Existing learners stay. Run it again to go on after a stop."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", type=int, required=True, help=f"at most {MOST:,}")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other people")
        parser.add_argument("--password", help="the password of all; without it nobody can sign in")
        parser.add_argument(
            "--outside-development", action="store_true", help="write into this database even so"
        )

    def handle(
        self,
        *,
        learners: int,
        seed: int,
        password: str | None,
        outside_development: bool,
        **_: Any,
    ) -> None:
        if not (settings.DEVELOPMENT or outside_development):
            raise CommandError(
                "synthetic learners are for development; see --outside-development in --help"
            )
        if not 0 < learners <= MOST:
            raise CommandError(f"--learners must be from 1 to {MOST:,}")
        began, rows = time.monotonic(), 0
        try:
            for done, written in fabricate(learners, seed=seed, password=password, now=now()):
                rows += written
                self._show(done, learners, rows, time.monotonic() - began)
        except CourseNotFound:
            raise CommandError("there is no course yet; run manage.py course load first") from None
        spent = time.monotonic() - began
        self.stdout.write(f"{learners:,} learners, {rows:,} rows written in {spent:,.0f} s")

    def _show(self, done: int, learners: int, rows: int, seconds: float) -> None:
        """Show a progress bar on a terminal. Does nothing in a log."""
        if not self.stderr.isatty():
            return
        filled = _WIDTH * done // learners
        bar = "#" * filled + "." * (_WIDTH - filled)
        left = seconds / done * (learners - done)
        line = f"\r[{bar}] {done:,} learners, {rows:,} rows, {left:,.0f} s left "
        self.stderr.write(line, ending="")
        self.stderr.flush()
        if done == learners:
            self.stderr.write("")
