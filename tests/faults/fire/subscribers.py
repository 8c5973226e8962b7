"""One subscriber in each of four contexts, so that four queues carry the events."""

from pathlib import Path

from django.conf import settings

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.inserting import insert
from contexts.shared.messaging.registry import Subscriber, add
from tests.faults.fire.events import Lit
from tests.faults.fire.models import Effect

CONTEXTS = ("courses", "community", "tutoring", "billing")
# If this file exists, nothing is poison any more.
ANTIDOTE = "antidote"


class PoisonedError(Exception):
    pass


def register() -> None:
    for context in CONTEXTS:
        add(Subscriber(f"{context}.burn", context, Lit, _Burning(context), outside=False))


class _Burning:
    def __init__(self, context: str) -> None:
        self._context = context

    def __call__(self, event: Lit) -> None:
        effect = Effect(spark=event.spark, subscriber=self._context)
        insert([effect], using=alias_of(self._context))
        # After the effect, which must then be undone.
        if event.poisons == self._context and not Path(settings.VAR_DIR, ANTIDOTE).exists():
            raise PoisonedError(f"{self._context} cannot stand {event.spark}")
