from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.shared.people.directory import directories


class Command(BaseCommand):
    help = "Copy all people and blocks from identity again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("context", nargs="*", help="only these contexts; all by default")

    def handle(self, *args: Any, **options: Any) -> None:
        known = directories()
        for context in options["context"] or sorted(known):
            if context not in known:
                raise CommandError(
                    f"{context} has no people; choose from {', '.join(sorted(known))}"
                )
            done = sum(1 for _ in known[context].rebuild())
            self.stdout.write(f"{context}: {done} people")
