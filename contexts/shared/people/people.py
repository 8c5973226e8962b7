"""The duties of each context towards people: names, blocks, end of account, export, erasure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Event
from contexts.shared.mailing import upkeep as mail
from contexts.shared.messaging.publishing import publish
from contexts.shared.messaging.registry import Subscriber, add
from contexts.shared.people.directory import Directory, register


class Exporter(Protocol):
    def __call__(self, *, person_id: UUID) -> dict[str, Any]: ...


class Leaving(Protocol):
    """A context's own work when a person leaves, within the transaction."""

    def __call__(self, *, person_id: UUID, now: datetime) -> None: ...


class Blocking(Protocol):
    """A context's own work when a block was added or removed, within the transaction."""

    def __call__(self, *, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None: ...


def _nothing(**_: object) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A context's people and the handling of their data.

    - `noun`: the context's word for a person.
    - `columns`: every column with a person's id, as `Model.column`.
    - `erase`: erases or anonymizes all that the context holds about a person, the row in its
      table of people too.
    - `end`: handles the end of an account; by default only deletes that row.
    - `part`: runs after a block was copied.
    - `erased`: the event that tells identity that this context has erased its part.
    - `ended`: the name of the subscriber to an account's end, by default `forget_<noun>`.
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
        """Register these people for `manage.py rebuild_people`."""
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
        """Erase or anonymize all that this context holds about a person. Publish `erased`."""

        def work() -> None:
            self.erase(person_id=person_id, now=now)
            mail.erase(context=self.context, person_id=person_id)
            publish([self.erased(occurred_at=now, person_id=person_id)])

        self._atomic(work)

    def _atomic(self, work: Callable[[], None]) -> None:
        for_context(self.context)(work)()


def follow_people(people: People, *, events: Any) -> None:
    """Subscribe a context to identity's events about people. `events` is identity's module.

    Never rename these subscribers: the inbox stores their names.
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
