"""The contexts that hold data about people, each with its export and its erasure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


class Holder(Protocol):
    """A context's part in a person's data. `columns` name those that hold a person's id."""

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
    """Let exports and erasures ask a context for its part."""
    _holders[holder.context] = holder


def holders() -> list[Holder]:
    return list(_holders.values())


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Return everything that any context holds about a person, by context, JSON-able."""
    return {holder.context: holder.export(person_id=person_id) for holder in holders()}


def erase_person(
    *, person_id: UUID, now: datetime, report: Callable[[str], None] = lambda context: None
) -> None:
    """Let every context erase or anonymize its part. Safe to repeat after a crash in the middle."""
    for holder in holders():
        holder.erase_person(person_id=person_id, now=now)
        report(holder.context)
