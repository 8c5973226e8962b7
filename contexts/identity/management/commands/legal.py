from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.identity import api, queries
from contexts.shared.kernel import DomainError, now


class Command(BaseCommand):
    help = "List the versions of the legal texts, or mail everybody about a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="list the versions, and how far announcements have come")
        announce = actions.add_parser("announce", help="mail everybody, in batches, once")
        announce.add_argument("kind", choices=["terms", "privacy"])
        announce.add_argument("version", help="2027-01-01")

    def handle(self, *, action: str, **options: Any) -> None:
        if action == "list":
            self._list()
        else:
            self._announce(options["kind"], options["version"])

    def _list(self) -> None:
        for one in queries.legal_versions(now=now()):
            self.stdout.write(f"{one.kind} {one.version} {one.state} ({', '.join(one.languages)})")
        for each in queries.announced():
            state = "finished" if each.finished_at else "under way"
            self.stdout.write(
                f"announced: {each.kind} {each.version}, {each.mailed} mails, {state}"
            )

    def _announce(self, kind: str, version: str) -> None:
        try:
            started = api.announce_version(kind=kind, version=version, now=now())
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write("mails go out in batches" if started else "it was announced before")
