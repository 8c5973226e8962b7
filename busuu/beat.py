"""A scheduler that may be started twice: one sends what is due, the others wait for its silence."""

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
        """Send what is due, if it is on us. Returns the seconds until the next look."""
        if not self._is_ours():
            return _LOOK_AGAIN_SECONDS
        return min(float(super().tick(*args, **kwargs)), _LOOK_AGAIN_SECONDS)

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        """Send one. Where no worker is, those before it need not wait for one for ever."""
        drop_expired(DEFAULT_QUEUE)
        return super().apply_async(*args, **kwargs)

    def close(self) -> None:
        super().close()
        try:
            self._tenure.end()
        except Error as error:
            # It ends by itself, and the other one takes over then.
            log.warning("beat_lease_kept", reason=type(error).__name__)

    def _is_ours(self) -> bool:
        try:
            return self._tenure.keep(now=now())
        except Exception:
            # Whoever has the database has the lease; without one there is nothing to send, either.
            log.exception("beat_without_lease")
            close_old_connections()
            return False
