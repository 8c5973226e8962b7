"""Which events there are, and who reacts to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from contexts.shared.kernel import Event

E = TypeVar("E", bound=Event)
Reaction = Callable[[E], None]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """`name` is `<context>.<what it does>`; `outside` marks an effect that no database can undo."""

    name: str
    context: str
    event: type[Event]
    react: Callable[[Any], None]
    outside: bool


_by_name: dict[str, Subscriber] = {}
_by_event: dict[type[Event], list[Subscriber]] = {}


def subscribe(event: type[E], *, outside: bool = False) -> Callable[[Reaction[E]], Reaction[E]]:
    """React to an event of any context, in a transaction together with the inbox entry.

    With `outside=True` (mail, web hooks) the reaction runs outside any transaction and is
    marked as done afterwards: it happens at least once.
    """

    def register(react: Reaction[E]) -> Reaction[E]:
        context = react.__module__.split(".")[1]
        add(Subscriber(f"{context}.{react.__name__}", context, event, react, outside))
        return react

    return register


def add(subscriber: Subscriber) -> None:
    """Raises ValueError when the name is taken: deliveries could not tell the two apart."""
    if subscriber.name in _by_name:
        raise ValueError(f"two subscribers are called {subscriber.name}")
    _by_name[subscriber.name] = subscriber
    _by_event.setdefault(subscriber.event, []).append(subscriber)


def remove(name: str) -> None:
    """For tests that bring subscribers of their own."""
    subscriber = _by_name.pop(name)
    _by_event[subscriber.event].remove(subscriber)


_retired: set[str] = set()


def retire(*names: str) -> None:
    """Name subscribers that are gone for good: their open deliveries are closed unopened."""
    _retired.update(names)


def is_retired(name: str) -> bool:
    return name in _retired


def subscribers_of(event: type[Event]) -> list[Subscriber]:
    return _by_event.get(event, [])


def find_subscriber(name: str) -> Subscriber | None:
    """None for a name that this code does not know (yet, or any more)."""
    return _by_name.get(name)


def all_subscribers() -> list[Subscriber]:
    return list(_by_name.values())


def all_events() -> dict[str, type[Event]]:
    """Every event class there is, by name."""
    return {cls.name: cls for cls in _subclasses(Event) if hasattr(cls, "name")}


def _subclasses(cls: type[Event]) -> set[type[Event]]:
    direct = set(cls.__subclasses__())
    return direct.union(*(_subclasses(child) for child in direct)) if direct else set()
