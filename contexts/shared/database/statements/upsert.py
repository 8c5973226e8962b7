from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model

from contexts.shared.database.statements.inserting import insert

M = TypeVar("M", bound=Model)


def upsert(
    model: type[M], rows: Sequence[M], *, using: str, unique: Sequence[str], update: Sequence[str]
) -> None:
    """Insert the rows in one statement. Update those whose unique key exists already."""
    insert(rows, using=using, unique=tuple(unique), update=tuple(update))
