from collections.abc import Sequence
from typing import TypeVar

from django.db import connections
from django.db.models import Model

M = TypeVar("M", bound=Model)


def upsert(
    model: type[M], rows: Sequence[M], *, using: str, unique: Sequence[str], update: Sequence[str]
) -> None:
    """Insert the rows, or update those that the unique key already knows, in one statement."""
    if not rows:
        return
    # MySQL and MariaDB find the key themselves and refuse to be told.
    targeted = connections[using].features.supports_update_conflicts_with_target
    model._default_manager.using(using).bulk_create(
        rows,
        update_conflicts=True,
        update_fields=update,
        unique_fields=unique if targeted else None,
    )
