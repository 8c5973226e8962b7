"""The table of the shared cache, with counts that parallel processes do not lose."""

import base64
import pickle
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, models, router, transaction
from django.utils.timezone import now


class CountingDatabaseCache(DatabaseCache):
    """Django's own reads a count and then writes it, so that of two at once one is lost."""

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a count and return it; its time to live stays. Raises ValueError without one."""
        key = self.make_and_validate_key(key, version=version)
        using = router.db_for_write(self.cache_model_class)
        with transaction.atomic(using=using):
            count = int(self._held(using, key)) + delta
            self._write(using, key, count)
        return count

    def _held(self, using: str, key: str) -> Any:
        """Return the value of a row, locked until the transaction ends."""
        connection = connections[using]
        lock = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT value, expires FROM {self._name(using)} WHERE cache_key = %s {lock}",  # noqa: S608
                [key],
            )
            row = cursor.fetchone()
        if row is None or self._read_time(using, row[1]) < now():
            raise ValueError(f"there is no count {key!r}")
        return pickle.loads(base64.b64decode(row[0]))  # noqa: S301 - as Django stores values

    def _write(self, using: str, key: str, value: int) -> None:
        stored = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
        with connections[using].cursor() as cursor:
            cursor.execute(
                f"UPDATE {self._name(using)} SET value = %s WHERE cache_key = %s",  # noqa: S608
                [stored, key],
            )

    def _name(self, using: str) -> str:
        table: str = self._table  # type: ignore[attr-defined]
        return str(connections[using].ops.quote_name(table))

    @staticmethod
    def _read_time(using: str, value: Any) -> Any:
        connection = connections[using]
        expression: Any = models.Expression(output_field=models.DateTimeField())
        for convert in (
            *connection.ops.get_db_converters(expression),
            *expression.get_db_converters(connection),
        ):
            value = convert(value, expression, connection)
        return value
