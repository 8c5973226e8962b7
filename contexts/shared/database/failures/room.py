"""Databases that have refused to write for want of room, as this process has seen."""

from uuid import uuid4

from django.db import Error, transaction
from django.utils import timezone

from contexts.shared.database.failures.outages import is_full
from contexts.shared.database.models import IdempotencyKey

# More than a database finds in pages that are there already.
_ROWS = 500
_CHARACTERS = 150

_short: set[str] = set()


def note(error: BaseException, *, using: str) -> None:
    """Remember a database that has no room. Other errors change nothing."""
    if is_full(error):
        _short.add(using)


def is_there(*, using: str) -> bool:
    """Whether the database can write, as far as is known.

    Only a database that was short of room is tried, with rows that are deleted again.
    """
    if using not in _short:
        return True
    try:
        _write(using)
    except Error:
        return False
    _short.discard(using)
    return True


def _write(using: str) -> None:
    run = uuid4().hex
    rows = [
        IdempotencyKey(
            owner=f"probe:{run}",
            key=f"{number}:".ljust(_CHARACTERS, "x"),
            created_at=timezone.now(),
        )
        for number in range(_ROWS)
    ]
    with transaction.atomic(using=using):
        IdempotencyKey.objects.using(using).bulk_create(rows)
        IdempotencyKey.objects.using(using).filter(owner=f"probe:{run}").delete()
