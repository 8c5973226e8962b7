from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contexts.billing import api, queries
from contexts.shared.kernel import now


class Command(BaseCommand):
    help = "Prices: load the shipped catalog, list what holds now."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("load", help="bring in what is new in the shipped catalog")
        actions.add_parser("list", help="the prices that hold now")

    def handle(self, *, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")()

    def _load(self) -> None:
        self.stdout.write(f"{api.load_prices(now=now())} new prices")

    def _list(self) -> None:
        for price in queries.all_prices(now=now()):
            self.stdout.write(
                f"{price.group}  {price.product_id}  {price.minor} {price.currency} (minor units)"
            )
