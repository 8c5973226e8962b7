from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from busuu import startup
from busuu.workshop.journey.chapters import steps
from busuu.workshop.journey.client import BrokenPromise


class Command(BaseCommand):
    help = "Use the running server as learners, a tutor and staff do, and check what it does."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default=f"http://127.0.0.1:{startup.default_port()}")

    def handle(self, *, url: str, **options: Any) -> None:
        title, seen = "people", 0
        try:
            for step in steps(url.rstrip("/"), startup.mail_folder()):
                title = step.__name__.replace("_", " ")
                for claim in step():
                    seen += 1
                    self.stdout.write(f"✓ {title}: {claim}")
        except BrokenPromise as broken:
            raise CommandError(f"✗ {title}: {broken}") from None
        self.stdout.write(f"the journey is complete: {seen} claims held")
