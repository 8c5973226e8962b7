"""A scheduler that may run in several processes: one sends what is due, the others stand by."""

from datetime import timedelta
from typing import Any

import structlog
from celery.beat import PersistentScheduler
from django.db import Error, close_old_connections

from busuu.celery import DEFAULT_QUEUE
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import now
from contexts.shared.messaging.expiring import drop_expired
from contexts.shared.messaging.lease import Tenure

log = structlog.get_logger(__name__)

LASTS = timedelta(seconds=30)
_LOOK_AGAIN_SECONDS = 5.0


class LeasedScheduler(PersistentScheduler):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._tenure = Tenure(name="beat", using=alias_of("identity"), lasts=LASTS)
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due if the lease is ours. Returns the seconds until the next tick."""
        if not self._is_ours():
            return _LOOK_AGAIN_SECONDS
        return min(float(super().tick(*args, **kwargs)), _LOOK_AGAIN_SECONDS)

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        """Send a task. Drops expired ones first, which would pile up without a worker."""
        drop_expired(DEFAULT_QUEUE)
        return super().apply_async(*args, **kwargs)

    def close(self) -> None:
        super().close()
        try:
            self._tenure.end()
        except Error as error:
            # The lease expires by itself. Another scheduler takes over then.
            log.warning("beat_lease_kept", reason=type(error).__name__)

    def _is_ours(self) -> bool:
        try:
            return self._tenure.keep(now=now())
        except Exception:
            # Without the database there is no lease, and nothing to send either.
            log.exception("beat_without_lease")
            close_old_connections()
            return False
