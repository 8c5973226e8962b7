"""Leases: work that only one process at a time may do."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from contexts.shared.kernel import new_id
from contexts.shared.messaging.models import Lease

_RENEWALS = 4


@dataclass
class Tenure:
    """One process's claim to a lease. Each has its own `holder`, so none renews another's lease."""

    name: str
    using: str
    lasts: timedelta
    holder: UUID = field(default_factory=new_id)
    _renew_at: datetime | None = None

    def keep(self, *, now: datetime) -> bool:
        """Take the lease, or renew it if that is due. Return whether we hold it."""
        if self._renew_at is not None and now < self._renew_at:
            return True
        ours = self._renew(now) or self._begin(now)
        self._renew_at = now + self.lasts / _RENEWALS if ours else None
        return ours

    def end(self) -> None:
        """Give up the lease. Does nothing if we do not hold it."""
        if self._renew_at is None:
            return
        self._renew_at = None
        self._rows().filter(holder=self.holder).delete()

    def _renew(self, now: datetime) -> bool:
        free = Q(holder=self.holder) | Q(until__lte=now)
        return bool(self._rows().filter(free).update(holder=self.holder, until=now + self.lasts))

    def _begin(self, now: datetime) -> bool:
        row = Lease(name=self.name, holder=self.holder, until=now + self.lasts)
        Lease.objects.using(self.using).bulk_create([row], ignore_conflicts=True)
        return self._rows().filter(holder=self.holder).exists()

    def _rows(self) -> QuerySet[Lease]:
        return Lease.objects.using(self.using).filter(name=self.name)
