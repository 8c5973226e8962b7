from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.billing import api, queries
from contexts.shared.kernel import now


class Command(BaseCommand):
    help = "Check a catalog, load its prices, or list the current ones."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="say what is wrong with a catalog")
        check.add_argument("folder", nargs="?", help="by default the one of BILLING_CATALOG")
        actions.add_parser("load", help="store new prices of the catalog")
        actions.add_parser("list", help="list the current prices")

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            getattr(self, f"_{action}")(**options)
        except api.CatalogBroken as error:
            for fault in error.faults:
                self.stderr.write(fault)
            raise CommandError(f"the catalog has {len(error.faults)} fault(s)") from None

    def _check(self, *, folder: str | None, **_: Any) -> None:
        path = api.check_catalog(Path(folder) if folder else None)
        self.stdout.write(f"{path}: nothing is wrong with this catalog")

    def _load(self, **_: Any) -> None:
        self.stdout.write(f"{api.load_prices(now=now())} new prices")

    def _list(self, **_: Any) -> None:
        for price in queries.all_prices(now=now()):
            self.stdout.write(
                f"{price.group}  {price.product_id}  {price.minor} {price.currency} (minor units)"
            )
