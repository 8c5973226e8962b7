from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from busuu.workshop import schemas


class Command(BaseCommand):
    help = "Write or check the committed schemas: docs/openapi.yaml, schema.graphql, events.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--write", action="store_true", help="write the files that differ")
        what.add_argument("--check", action="store_true", help="fail with a diff if a file differs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._write() if options["write"] else self._check()
        except (schemas.SchemaWarning, schemas.BrokenPromise) as error:
            raise CommandError(str(error)) from None

    def _write(self) -> None:
        changed = schemas.write()
        self.stdout.write(f"written: {', '.join(changed)}" if changed else "up to date")

    def _check(self) -> None:
        broken = schemas.broken_events()
        diffs = [schemas.diff(name) for name in schemas.FILES]
        for text in (*broken, *filter(None, diffs)):
            self.stdout.write(text)
        if broken or any(diffs):
            raise CommandError("the committed schemas differ; run `make schemas`")
