"""Keeping a context's people as identity has them, in whatever order its events arrive.

An event only says that something changed: what holds now is asked of identity while the row is
locked, so that the last to ask is right.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from contexts.shared.database.aliases import alias_of
from contexts.shared.database.atomic import for_context
from contexts.shared.database.taking import taken
from contexts.shared.people.tables import KnownBlock, KnownPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """A context's people. `look_up` gives a person's columns, None for one who is gone;

    `blocks` says whether the first blocks the second now; `everybody` and `all_blocks` go
    through all there are, for rebuilding.
    """

    context: str
    person: type[KnownPerson]
    block: type[KnownBlock]
    look_up: Callable[[UUID], Mapping[str, Any] | None]
    blocks: Callable[[UUID, UUID], bool]
    everybody: Callable[[], Iterator[UUID]]
    all_blocks: Callable[[], Iterator[tuple[UUID, UUID]]]

    def remember(self, *, person_id: UUID) -> None:
        """Take over what identity says of a person; forget one who is gone."""
        self._atomic(self._remember, person_id)

    def forget(self, *, person_id: UUID) -> None:
        """Drop a person and the blocks from and to them."""
        self._atomic(self._forget, person_id)

    def refresh_block(self, *, blocker_id: UUID, blocked_id: UUID) -> None:
        """Take over whether one person blocks another."""
        self._atomic(self._refresh_block, blocker_id, blocked_id)

    def hidden_from(self, person_id: UUID) -> set[UUID]:
        """Whom a person does not meet: those they block and those who block them."""
        pairs = (
            self.block._default_manager.using(alias_of(self.context))
            .filter(Q(blocker_id=person_id) | Q(blocked_id=person_id))
            .values_list("blocker_id", "blocked_id")
        )
        return {one for pair in pairs for one in pair} - {person_id}

    def are_apart(self, one: UUID, other: UUID) -> bool:
        """Whether either of two people blocks the other."""
        return (
            self.block._default_manager.using(alias_of(self.context))
            .filter(
                Q(blocker_id=one, blocked_id=other) | Q(blocker_id=other, blocked_id=one),
            )
            .exists()
        )

    def rebuild(self) -> Iterator[UUID]:
        """Bring every row up to date, person by person; yields whom it has done."""
        using = alias_of(self.context)
        known = self.person._default_manager.using(using).values_list("pk", flat=True)
        for person_id in {*known.iterator(), *self.everybody()}:
            self.remember(person_id=person_id)
            yield person_id
        rows = self.block._default_manager.using(using).values_list("blocker_id", "blocked_id")
        for blocker_id, blocked_id in {*rows.iterator(), *self.all_blocks()}:
            self.refresh_block(blocker_id=blocker_id, blocked_id=blocked_id)

    def _atomic(self, act: Callable[..., None], *args: UUID) -> None:
        for_context(self.context)(act)(*args)

    def _remember(self, person_id: UUID) -> None:
        using = alias_of(self.context)
        row = taken(self.person(id=person_id), using=using, pk=person_id)
        columns = self.look_up(person_id)
        if columns is None:
            row.delete(using=using)
            return
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(using=using, update_fields=[*columns])

    def _forget(self, person_id: UUID) -> None:
        using = alias_of(self.context)
        # Taken first, so that whoever is just remembering the person is waited for.
        taken(self.person(id=person_id), using=using, pk=person_id).delete(using=using)
        self.block._default_manager.using(using).filter(
            Q(blocker_id=person_id) | Q(blocked_id=person_id)
        ).delete()

    def _refresh_block(self, blocker_id: UUID, blocked_id: UUID) -> None:
        using = alias_of(self.context)
        pair = {"blocker_id": blocker_id, "blocked_id": blocked_id}
        row = taken(self.block(**pair), using=using, **pair)
        if not self.blocks(blocker_id, blocked_id):
            row.delete(using=using)


_directories: dict[str, Directory] = {}


def register(directory: Directory) -> Directory:
    """Make a context's people known to the command that rebuilds them."""
    _directories[directory.context] = directory
    return directory


def directories() -> dict[str, Directory]:
    """Every context's people, by context."""
    return dict(_directories)
