from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


class Eraser(Protocol):
    def __call__(self, *, person_id: UUID, now: datetime) -> None: ...


class Exporter(Protocol):
    def __call__(self, *, person_id: UUID) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A context's part in a person's data. `fields` names the columns that hold a person's id."""

    context: str
    fields: frozenset[str]
    export: Exporter
    erase: Eraser


_holders: dict[str, Holder] = {}


def register(context: str, *, fields: set[str], export: Exporter, erase: Eraser) -> None:
    """Say how a context exports and erases what it holds; `fields` are `Model.field`."""
    _holders[context] = Holder(
        context=context, fields=frozenset(fields), export=export, erase=erase
    )


def holders() -> list[Holder]:
    return list(_holders.values())


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Everything that any context holds about a person, by context, JSON-able."""
    return {holder.context: holder.export(person_id=person_id) for holder in holders()}


def erase_person(
    *, person_id: UUID, now: datetime, report: Callable[[str], None] = lambda context: None
) -> None:
    """Let every context erase or anonymize its part. Safe to repeat after a crash in the middle."""
    for holder in holders():
        holder.erase(person_id=person_id, now=now)
        report(holder.context)
