from typing import Any

from django.db.models import QuerySet

_CHUNK = 1_000


def purge_rows(rows: QuerySet[Any], *, using: str) -> int:
    """Delete the rows, a thousand at a time so that locks stay short. Return their number."""
    total = 0
    # MariaDB refuses LIMIT inside IN, so we read the keys first.
    while ids := list(rows.values_list("pk", flat=True)[:_CHUNK]):
        total += rows.model._default_manager.using(using).filter(pk__in=ids).delete()[0]
    return total
