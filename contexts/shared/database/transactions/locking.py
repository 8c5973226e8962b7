from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def lock_row(fresh: M, *, using: str, **identity: Any) -> M:
    """Return the row of a unique identity, locked until the transaction ends.

    Inserts `fresh` if the row is missing. Locks first: in MariaDB, transactions that wait for
    another's insert get shared locks, and two of them would deadlock.
    """
    rows = type(fresh)._default_manager.using(using)
    while (row := rows.select_for_update().filter(**identity).first()) is None:
        rows.bulk_create([fresh], ignore_conflicts=True)
    return row
