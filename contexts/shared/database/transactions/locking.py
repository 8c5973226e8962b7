from typing import Any, TypeVar

from django.db.models import Model

from contexts.shared.kernel import NotFound

M = TypeVar("M", bound=Model)

ATTEMPTS = 10


def lock_row(fresh: M, *, using: str, **identity: Any) -> M:
    """Return the row of a unique identity, locked until the transaction ends.

    Inserts `fresh` if the row is missing. Locks first: in MariaDB, transactions that wait for
    another's insert get shared locks, and two of them would deadlock. Raises NotFound if the
    engine cannot store the identity: MariaDB refuses some UUIDs, and INSERT IGNORE stores the nil
    UUID in their place. The caller's transaction then rolls that row back.
    """
    rows = type(fresh)._default_manager.using(using)
    for _ in range(ATTEMPTS):
        row = rows.select_for_update().filter(**identity).first()
        if row is not None:
            return row
        rows.bulk_create([fresh], ignore_conflicts=True)
    raise NotFound
