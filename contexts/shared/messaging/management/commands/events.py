from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import now
from contexts.shared.kernel.arguments import instant
from contexts.shared.messaging import upkeep
from contexts.shared.messaging.management.arguments import is_number, positive
from contexts.shared.messaging.models import Delivery, StreamDelivery
from contexts.shared.messaging.stream.configured import is_streamed
from contexts.shared.messaging.stream.replaying import replay
from contexts.shared.messaging.upkeep import Backlog

STREAM = "stream"
Row = Delivery | StreamDelivery


class Command(BaseCommand):
    help = "Undelivered events: list, show, send dead ones again, replay to the stream, purge."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        listing = actions.add_parser("list", help="open and dead deliveries, oldest first")
        listing.add_argument("--dead", action="store_true", help="dead ones only")
        listing.add_argument("--limit", type=positive, default=50)
        show = actions.add_parser("show", help="one delivery with its event and its last error")
        show.add_argument(
            "delivery", help="ALIAS:NUMBER or ALIAS:stream:NUMBER, as `list` prints it"
        )
        redrive = actions.add_parser("redrive", help="send dead deliveries again")
        redrive.add_argument("delivery", nargs="*", help="as `list` prints it; all by default")
        replay = actions.add_parser("replay", help="stream past events of a context again")
        replay.add_argument("context", choices=sorted(settings.CONTEXT_DATABASES))
        replay.add_argument("--since", type=instant, required=True, help="2026-11-24T08:00:00Z")
        actions.add_parser("purge", help="delete rows past their retention")

    def handle(self, *, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        for alias in all_aliases():
            self._list_some(Delivery.objects.order_by("created_at"), alias, options)
            self._tell(alias, upkeep.backlog(using=alias, at=now()))
            self._list_some(StreamDelivery.objects.order_by("pk"), alias, options)
            self._tell(f"{alias}:{STREAM}", upkeep.stream_backlog(using=alias, at=now()))

    def _list_some(self, rows: QuerySet[Any], alias: str, options: dict[str, Any]) -> None:
        rows = rows.using(alias).select_related("event")
        if options["dead"]:
            rows = rows.filter(state=Delivery.State.DEAD)
        for row in rows[: options["limit"]]:
            self.stdout.write(
                f"{_name(alias, row)}  {row.state}  {row.event.name} -> {_subscriber(row)}"
                f"  failures={row.failures}{_due(row)}"
            )

    def _tell(self, what: str, behind: Backlog) -> None:
        self.stdout.write(
            f"{what}: {behind.open} open, {behind.dead} dead, "
            f"oldest {behind.lag.total_seconds():.0f} s"
        )

    def _show(self, options: dict[str, Any]) -> None:
        alias, model, number = self._parse(options["delivery"])
        rows = model._default_manager.using(alias).select_related("event")
        row: Any = rows.filter(pk=number).first()
        if row is None:
            raise CommandError(
                f"no delivery {options['delivery']}: it does not exist or was handled"
            )
        self.stdout.write(f"{row.event.name} {row.event_id} about {row.event.subject}")
        self.stdout.write(f"to {_subscriber(row)}, {row.state}, {row.failures} failures")
        self.stdout.write(str(row.event.data))
        self.stdout.write(row.error)

    def _redrive(self, options: dict[str, Any]) -> None:
        chosen = [self._parse(name) for name in options["delivery"]]
        total = 0
        for alias in all_aliases():
            for model, redrive in _REDRIVE.items():
                ids = [number for where, what, number in chosen if (where, what) == (alias, model)]
                if ids or not chosen:
                    total += redrive(using=alias, ids=ids if chosen else None)
        self.stdout.write(f"{total} deliveries will be sent again")

    def _replay(self, options: dict[str, Any]) -> None:
        if not is_streamed(options["context"]):
            raise CommandError(
                f"{options['context']} is not streamed; set KAFKA_URL and STREAM_CONTEXTS"
            )
        total = replay(context=options["context"], since=options["since"])
        self.stdout.write(f"{total} events will be streamed")

    def _purge(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{upkeep.purge_all()} rows purged")

    def _parse(self, name: str) -> tuple[str, type[Row], int]:
        alias, _, rest = name.partition(":")
        stream, _, number = rest.rpartition(":")
        if alias not in all_aliases() or stream not in {"", STREAM} or not is_number(number):
            raise CommandError(f"{name!r} is not ALIAS:NUMBER or ALIAS:{STREAM}:NUMBER")
        return alias, StreamDelivery if stream else Delivery, int(number)


_REDRIVE = {Delivery: upkeep.redrive, StreamDelivery: upkeep.redrive_stream}


def _name(alias: str, row: Row) -> str:
    if isinstance(row, StreamDelivery):
        return f"{alias}:{STREAM}:{row.pk}"
    return f"{alias}:{row.pk}"


def _subscriber(row: Row) -> str:
    return f"{STREAM} of {row.context}" if isinstance(row, StreamDelivery) else row.subscriber


def _due(row: Row) -> str:
    due = row.held_until if isinstance(row, StreamDelivery) else row.due_at
    return f"  due={due:%Y-%m-%d %H:%M:%S}" if due else ""
