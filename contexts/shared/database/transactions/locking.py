from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def taken(fresh: M, *, using: str, **identity: Any) -> M:
    """The row of this unique identity, locked until the transaction ends; `fresh` if none was.

    Locked first and inserted only where it is missing: MariaDB gives a shared lock to whoever
    waits for another's insert, and two of those who then ask for the row would deadlock.
    """
    rows = type(fresh)._default_manager.using(using)
    while (row := rows.select_for_update().filter(**identity).first()) is None:
        rows.bulk_create([fresh], ignore_conflicts=True)
    return row
