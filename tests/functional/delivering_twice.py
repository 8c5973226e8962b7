"""Every open delivery reaches its subscriber twice, as a broker may do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core import mail
from django.db import connections, router
from django.db.models import Model

from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.mailing.sending import send_due
from contexts.shared.messaging.delivering import deliver_envelope
from contexts.shared.messaging.envelope import read_events, seal
from contexts.shared.messaging.models import Delivery, InboxEntry, StreamDelivery

# Rows that close and remember deliveries. Events that a subscriber publishes are an effect.
PIPELINE = {Delivery, InboxEntry, StreamDelivery}
# Comparing every row is slow: look so often per subscriber with and without an effect.
LOOKS = 2
LOOKS_IN_VAIN = 3


class DeliveringTwice:
    """A function that delivers twice. `changed` counts deliveries with an effect by subscriber."""

    def __init__(self, *, without: Iterable[str] = ()) -> None:
        self.without = set(without)
        self.changed: Counter[str] = Counter()
        self.unchanged: Counter[str] = Counter()
        self._taken: set[tuple[str, Any]] = set()

    def __call__(self) -> int:
        before = len(self._taken)
        while waiting := list(self._waiting()):
            for delivery, alias in waiting:
                self._deliver(delivery, alias)
        send_due()
        return len(self._taken) - before

    def _waiting(self) -> Iterator[tuple[Delivery, str]]:
        for alias in sorted(all_aliases()):
            for row in Delivery.objects.using(alias).order_by("id"):
                if (alias, row.pk) not in self._taken and row.subscriber not in self.without:
                    self._taken.add((alias, row.pk))
                    yield row, alias

    def _deliver(self, row: Delivery, alias: str) -> None:
        [envelope] = seal([row], read_events({row.event_id}, using=alias), origin=alias)
        context = row.subscriber.split(".", 1)[0]
        if self._is_known(row.subscriber):
            deliver_envelope(envelope, context=context)
            return
        before = state()
        deliver_envelope(envelope, context=context)
        once = state()
        deliver_envelope(envelope, context=context)
        assert state() == once, f"{row.subscriber} did more when its event came again"
        (self.unchanged if before == once else self.changed)[row.subscriber] += 1

    def _is_known(self, subscriber: str) -> bool:
        changed, unchanged = self.changed[subscriber], self.unchanged[subscriber]
        return changed >= LOOKS or unchanged >= LOOKS_IN_VAIN


def state() -> list[Any]:
    """Return every row of every table but the pipeline's, and every mail."""
    rows = [
        (model._meta.label, alias, row)
        for model in apps.get_models()
        if model not in PIPELINE and model._meta.managed
        for alias in sorted(all_aliases())
        for row in _rows(model, alias)
    ]
    return [*rows, *((sent.to, sent.subject, sent.body) for sent in mail.outbox)]


def _rows(model: type[Model], alias: str) -> list[tuple[Any, ...]]:
    connection = connections[alias]
    if not router.allow_migrate_model(alias, model):
        return []
    quote, pk = connection.ops.quote_name, model._meta.pk.column
    # Plain rows of the database: model instances take several times as long.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quote(model._meta.db_table)} ORDER BY {quote(pk)}")
        return list(cursor.fetchall())
