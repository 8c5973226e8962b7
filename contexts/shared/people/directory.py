"""The table of a context's people, a copy of identity's.

An event only says that something changed. We lock the row and read the present state from
identity, so events may arrive in any order.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.people.tables import KnownBlock, KnownPerson


class Identity(Protocol):
    """The part of identity's door that the tables of people need."""

    @property
    def UnknownPerson(self) -> type[Exception]: ...  # noqa: N802 - an exception of the door

    def public_profile(self, *, user_id: UUID) -> Any: ...

    def blocks(self, *, blocker_id: UUID, blocked_id: UUID) -> bool: ...

    def everybody(self) -> Iterator[UUID]: ...

    def all_blocks(self) -> Iterator[tuple[UUID, UUID]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """A context's people. `columns` returns a row's columns from identity's profile.

    `block` is None in a context that does not need blocks.
    """

    context: str
    person: type[KnownPerson]
    identity: Identity
    columns: Callable[[Any], Mapping[str, Any]]
    block: type[KnownBlock] | None = None

    def remember(self, *, person_id: UUID) -> None:
        """Copy a person's columns from identity. Delete the row if the person is gone."""
        self._atomic(self._remember, person_id)

    def forget(self, *, person_id: UUID) -> None:
        """Delete a person and the blocks from and to them."""
        self._atomic(self._forget, person_id)

    def refresh_block(self, *, blocker_id: UUID, blocked_id: UUID) -> None:
        """Copy one block from identity. Does nothing in a context without blocks."""
        if self.block is not None:
            self._atomic(self._refresh_block, blocker_id, blocked_id)

    def look_up(self, person_id: UUID) -> Mapping[str, Any] | None:
        """Return the columns of a person, None if identity does not know them."""
        try:
            return self.columns(self.identity.public_profile(user_id=person_id))
        except self.identity.UnknownPerson:
            return None

    def hidden_from(self, person_id: UUID) -> set[UUID]:
        """Return the people whom a person blocks and who block them."""
        pairs = self._blocks.filter(Q(blocker_id=person_id) | Q(blocked_id=person_id))
        ids = pairs.values_list("blocker_id", "blocked_id")
        return {one for pair in ids for one in pair} - {person_id}

    def are_apart(self, one: UUID, other: UUID) -> bool:
        """Whether either of two people blocks the other."""
        pair = Q(blocker_id=one, blocked_id=other) | Q(blocker_id=other, blocked_id=one)
        return self._blocks.filter(pair).exists()

    def rebuild(self) -> Iterator[UUID]:
        """Copy all people and blocks from identity. Yield the id of each person when done."""
        known = self.person._default_manager.using(alias_of(self.context))
        for person_id in {
            *known.values_list("pk", flat=True).iterator(),
            *self.identity.everybody(),
        }:
            self.remember(person_id=person_id)
            yield person_id
        if self.block is None:
            return
        pairs = self._blocks.values_list("blocker_id", "blocked_id")
        for blocker_id, blocked_id in {*pairs.iterator(), *self.identity.all_blocks()}:
            self.refresh_block(blocker_id=blocker_id, blocked_id=blocked_id)

    @property
    def _blocks(self) -> QuerySet[Any]:
        assert self.block is not None
        return self.block._default_manager.using(alias_of(self.context))

    def _atomic(self, act: Callable[..., None], *args: UUID) -> None:
        for_context(self.context)(act)(*args)

    def _remember(self, person_id: UUID) -> None:
        using = alias_of(self.context)
        row = lock_row(self.person(id=person_id), using=using, pk=person_id)
        columns = self.look_up(person_id)
        if columns is None:
            row.delete(using=using)
            return
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(using=using, update_fields=[*columns])

    def _forget(self, person_id: UUID) -> None:
        using = alias_of(self.context)
        # Lock first, to wait for a transaction that is just copying the person.
        lock_row(self.person(id=person_id), using=using, pk=person_id).delete(using=using)
        if self.block is not None:
            self._blocks.filter(Q(blocker_id=person_id) | Q(blocked_id=person_id)).delete()

    def _refresh_block(self, blocker_id: UUID, blocked_id: UUID) -> None:
        assert self.block is not None
        using = alias_of(self.context)
        pair = {"blocker_id": blocker_id, "blocked_id": blocked_id}
        row = lock_row(self.block(**pair), using=using, **pair)
        if not self.identity.blocks(blocker_id=blocker_id, blocked_id=blocked_id):
            row.delete(using=using)


_directories: dict[str, Directory] = {}


def register(directory: Directory) -> None:
    """Register a context's people for `manage.py rebuild_people`."""
    _directories[directory.context] = directory


def directories() -> dict[str, Directory]:
    """Return the people of all contexts, by context."""
    return dict(_directories)
