"""The contexts that hold data about people, each with its export and its erasure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


class Holder(Protocol):
    """A context that holds data about people. `columns` names all columns with a person's id."""

    @property
    def context(self) -> str: ...

    @property
    def columns(self) -> frozenset[str]: ...

    @property
    def export(self) -> "Exporter": ...

    def erase_person(self, *, person_id: UUID, now: datetime) -> None: ...


class Exporter(Protocol):
    def __call__(self, *, person_id: UUID) -> dict[str, Any]: ...


class Eraser(Protocol):
    def __call__(self, *, person_id: UUID, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a context without a table of people of its own."""

    context: str
    columns: frozenset[str]
    export: Exporter
    erase_person: Eraser


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Register a context for exports and erasures."""
    _holders[holder.context] = holder


def holders() -> list[Holder]:
    return list(_holders.values())


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Return all data about a person, by context, with JSON-able values."""
    return {holder.context: holder.export(person_id=person_id) for holder in holders()}


def erase_person(
    *, person_id: UUID, now: datetime, report: Callable[[str], None] = lambda context: None
) -> None:
    """Erase or anonymize a person's data in every context. Safe to repeat after a crash."""
    for holder in holders():
        holder.erase_person(person_id=person_id, now=now)
        report(holder.context)
