import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from busuu import startup
from busuu.journey.client import BrokenPromise
from busuu.journey.story import Story


class Command(BaseCommand):
    help = "Drive the running server as a learner would, and check that it keeps its promises."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        port = os.environ.get("PORT", "8000")
        parser.add_argument("--url", default=f"http://127.0.0.1:{port}")

    def handle(self, *, url: str, **options: Any) -> None:
        story = Story(base_url=url.rstrip("/"), mail_folder=startup.mail_folder())
        seen = 0
        for step in story.steps():
            title = step.__name__.replace("_", " ")
            try:
                for claim in step():
                    seen += 1
                    self.stdout.write(f"✓ {title}: {claim}")
            except BrokenPromise as broken:
                raise CommandError(f"✗ {title}: {broken}") from None
        self.stdout.write(f"the journey is complete: {seen} claims held")
