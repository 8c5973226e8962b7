"""What each context does for people: remember, keep apart, forget, export, erase."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Event
from contexts.shared.messaging.publishing import publish
from contexts.shared.messaging.registry import Subscriber, add
from contexts.shared.people.directory import Directory, register


class Exporter(Protocol):
    def __call__(self, *, person_id: UUID) -> dict[str, Any]: ...


class Leaving(Protocol):
    """A context's own part in a person's leaving, within the transaction."""

    def __call__(self, *, person_id: UUID, now: datetime) -> None: ...


class Blocking(Protocol):
    """A context's own part in a block that appeared or vanished, within the transaction."""

    def __call__(self, *, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None: ...


def _nothing(**_: object) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A context's people and what becomes of their data.

    `noun` is the context's word for a person; `columns` names every column that holds a person's
    id, as `Model.column`. `erase` erases or anonymizes all that a context holds about a person,
    the row in its table of people too; `end` does what the end of an account asks for, and only
    deletes that row unless given; `part` runs after a block was copied. `erased` is the event that
    tells identity that this context is done. `ended` names the subscriber of an account's end,
    `forget_<noun>` unless given.
    """

    directory: Directory
    noun: str
    columns: frozenset[str]
    export: Exporter
    erase: Leaving
    erased: Callable[..., Event]
    end: Leaving | None = None
    part: Blocking = _nothing
    ended: str = ""

    @property
    def context(self) -> str:
        return self.directory.context

    def register(self) -> None:
        """Let `manage.py rebuild_people` know these people."""
        register(self.directory)

    def remember(self, *, person_id: UUID) -> None:
        """Copy a person's row from identity."""
        self.directory.remember(person_id=person_id)

    def refresh_block(self, *, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None:
        """Copy one block from identity."""

        def work() -> None:
            self.directory.refresh_block(blocker_id=blocker_id, blocked_id=blocked_id)
            self.part(blocker_id=blocker_id, blocked_id=blocked_id, now=now)

        self._atomic(work)

    def end_person(self, *, person_id: UUID, now: datetime) -> None:
        """Forget a person whose account has ended."""

        if self.end is None:
            self.directory.forget(person_id=person_id)
        else:
            for_context(self.context)(self.end)(person_id=person_id, now=now)

    def erase_person(self, *, person_id: UUID, now: datetime) -> None:
        """Erase or anonymize what this context holds about a person, and publish that."""

        def work() -> None:
            self.erase(person_id=person_id, now=now)
            publish([self.erased(occurred_at=now, person_id=person_id)])

        self._atomic(work)

    def _atomic(self, work: Callable[[], None]) -> None:
        for_context(self.context)(work)()


def follow_people(people: People, *, events: Any) -> None:
    """Subscribe a context to what identity says about people; `events` is identity's module.

    The names of the subscribers stay as they are, since the inbox knows them.
    """
    noun = people.noun

    def follow(name: str, event: type[Event], react: Callable[[Any], None]) -> None:
        context = people.context
        add(Subscriber(f"{context}.{name}", context, event, react, outside=False))

    def refresh(event: Any) -> None:
        people.remember(person_id=event.user_id)

    def refresh_block(event: Any) -> None:
        people.refresh_block(
            blocker_id=event.blocker_id, blocked_id=event.blocked_id, now=event.occurred_at
        )

    def end(event: Any) -> None:
        people.end_person(person_id=event.user_id, now=event.occurred_at)

    def erase(event: Any) -> None:
        people.erase_person(person_id=event.user_id, now=event.occurred_at)

    follow(f"welcome_{noun}", events.UserVerified, refresh)
    follow(f"refresh_{noun}", events.ProfileChanged, refresh)
    follow(people.ended or f"forget_{noun}", events.AccountEnded, end)
    follow(f"erase_{noun}", events.ErasureDue, erase)
    if people.directory.block is not None:
        follow("keep_apart", events.PersonBlocked, refresh_block)
        follow("bring_together", events.PersonUnblocked, refresh_block)
