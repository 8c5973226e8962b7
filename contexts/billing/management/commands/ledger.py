from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.billing import api


class Command(BaseCommand):
    help = "Check the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("check", help="verify all sums; fails if one is off")

    def handle(self, *, action: str, **options: Any) -> None:
        findings = api.check_ledger()
        for finding in findings:
            self.stdout.write(f"{finding.where}: off by {finding.off}")
        if findings:
            raise CommandError(f"{len(findings)} things do not add up")
        self.stdout.write("everything adds up")
