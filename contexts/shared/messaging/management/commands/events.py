from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contexts.shared.database.aliases import all_aliases
from contexts.shared.kernel import now
from contexts.shared.messaging import upkeep
from contexts.shared.messaging.models import Delivery


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


class Command(BaseCommand):
    help = "Undelivered events: list them, show one, send dead ones again, purge what is old."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        listing = actions.add_parser("list", help="open and dead deliveries, oldest first")
        listing.add_argument("--dead", action="store_true", help="dead ones only")
        listing.add_argument("--limit", type=_positive, default=50)
        show = actions.add_parser("show", help="one delivery with its event and its last error")
        show.add_argument("delivery", help="ALIAS:NUMBER as `list` prints it")
        redrive = actions.add_parser("redrive", help="send dead deliveries again")
        redrive.add_argument("delivery", nargs="*", help="ALIAS:NUMBER; none means all")
        actions.add_parser("purge", help="delete what has outlived its retention")

    def handle(self, *, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        for alias in all_aliases():
            rows = Delivery.objects.using(alias).select_related("event").order_by("created_at")
            if options["dead"]:
                rows = rows.filter(state=Delivery.State.DEAD)
            for row in rows[: options["limit"]]:
                self.stdout.write(
                    f"{alias}:{row.pk}  {row.state}  {row.event.name} -> {row.subscriber}"
                    f"  failures={row.failures}  due={row.due_at:%Y-%m-%d %H:%M:%S}"
                )
            behind = upkeep.backlog(using=alias, at=now())
            self.stdout.write(
                f"{alias}: {behind.open} open, {behind.dead} dead, "
                f"oldest {behind.lag.total_seconds():.0f} s"
            )

    def _show(self, options: dict[str, Any]) -> None:
        alias, number = self._parse(options["delivery"])
        row = Delivery.objects.using(alias).select_related("event").filter(pk=number).first()
        if row is None:
            raise CommandError(f"no delivery {options['delivery']}: it was handled, or never was")
        self.stdout.write(f"{row.event.name} {row.event_id} about {row.event.subject}")
        self.stdout.write(f"to {row.subscriber}, {row.state}, {row.failures} failures")
        self.stdout.write(str(row.event.data))
        self.stdout.write(row.error)

    def _redrive(self, options: dict[str, Any]) -> None:
        chosen = [self._parse(name) for name in options["delivery"]]
        total = 0
        for alias in all_aliases():
            ids = [number for where, number in chosen if where == alias]
            if ids or not chosen:
                total += upkeep.redrive(using=alias, ids=ids if chosen else None)
        self.stdout.write(f"{total} deliveries will be sent again")

    def _purge(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{upkeep.purge_all()} rows purged")

    def _parse(self, name: str) -> tuple[str, int]:
        alias, _, number = name.partition(":")
        if alias not in all_aliases() or not number.isdigit():
            raise CommandError(f"{name!r} is not ALIAS:NUMBER")
        return alias, int(number)
