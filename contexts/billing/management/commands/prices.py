from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contexts.billing import api, queries
from contexts.shared.kernel import now


class Command(BaseCommand):
    help = "Load the shipped prices, or list the current ones."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("load", help="store new prices of the shipped catalog")
        actions.add_parser("list", help="list the current prices")

    def handle(self, *, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")()

    def _load(self) -> None:
        self.stdout.write(f"{api.load_prices(now=now())} new prices")

    def _list(self) -> None:
        for price in queries.all_prices(now=now()):
            self.stdout.write(
                f"{price.group}  {price.product_id}  {price.minor} {price.currency} (minor units)"
            )
