from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from busuu.workshop import protos


class Command(BaseCommand):
    help = "Compile or check the messages of the public stream: contexts/*/proto/events.proto."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--write", action="store_true", help="compile what is stale")
        what.add_argument("--check", action="store_true", help="fail if something is stale")
        what.add_argument(
            "--release", action="store_true", help="make today's messages the released ones"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["write"]:
                self._write()
            elif options["check"]:
                self._check()
            else:
                protos.release()
        except protos.ProtoRefused as error:
            raise CommandError(str(error)) from None

    def _write(self) -> None:
        changed = protos.write()
        self.stdout.write(f"written: {', '.join(changed)}" if changed else "up to date")

    def _check(self) -> None:
        wrong = protos.broken() + [f"{name} is stale" for name in protos.stale()]
        for text in wrong:
            self.stdout.write(text)
        if wrong:
            raise CommandError("the compiled messages differ from their sources; run `make proto`")
