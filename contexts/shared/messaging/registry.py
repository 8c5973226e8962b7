"""The event classes and their subscribers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from contexts.shared.kernel import Event

E = TypeVar("E", bound=Event)
Reaction = Callable[[E], None]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reaction. `name` is `<context>.<reaction>`; `outside` marks an effect outside databases."""

    name: str
    context: str
    event: type[Event]
    react: Callable[[Any], None]
    outside: bool


_by_name: dict[str, Subscriber] = {}
_by_event: dict[type[Event], list[Subscriber]] = {}


def subscribe(event: type[E], *, outside: bool = False) -> Callable[[Reaction[E]], Reaction[E]]:
    """Return a decorator that subscribes a function to an event of any context.

    It runs in one transaction with its inbox entry. With `outside=True` (mail, web hooks) it runs
    outside any transaction, at least once, and gets its entry afterwards.
    """

    def register(react: Reaction[E]) -> Reaction[E]:
        context = react.__module__.split(".")[1]
        add(Subscriber(f"{context}.{react.__name__}", context, event, react, outside))
        return react

    return register


def add(subscriber: Subscriber) -> None:
    """Register a subscriber. Raises ValueError if another one has its name."""
    if subscriber.name in _by_name:
        raise ValueError(f"two subscribers are called {subscriber.name}")
    _by_name[subscriber.name] = subscriber
    _by_event.setdefault(subscriber.event, []).append(subscriber)


def remove(name: str) -> None:
    """Unregister a subscriber. For tests that register their own."""
    subscriber = _by_name.pop(name)
    _by_event[subscriber.event].remove(subscriber)


_retired: set[str] = set()


def retire(*names: str) -> None:
    """Name subscribers that no longer exist. Their open deliveries are deleted."""
    _retired.update(names)


def is_retired(name: str) -> bool:
    return name in _retired


def subscribers_of(event: type[Event]) -> list[Subscriber]:
    return _by_event.get(event, [])


def find_subscriber(name: str) -> Subscriber | None:
    """Return the subscriber, None if this release does not know the name."""
    return _by_name.get(name)


def all_subscribers() -> list[Subscriber]:
    return list(_by_name.values())


def all_events() -> dict[str, type[Event]]:
    """Return all event classes by name."""
    return {cls.name: cls for cls in _subclasses(Event) if hasattr(cls, "name")}


def _subclasses(cls: type[Event]) -> set[type[Event]]:
    direct = set(cls.__subclasses__())
    return direct.union(*(_subclasses(child) for child in direct)) if direct else set()
