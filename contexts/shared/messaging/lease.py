"""Work that one process at a time does, as long as it says so."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from contexts.shared.kernel import new_id
from contexts.shared.messaging.models import Lease

_RENEWALS = 4


@dataclass
class Tenure:
    """A try at a lease. Each process has a name of its own, so that nobody renews another's."""

    name: str
    using: str
    lasts: timedelta
    holder: UUID = field(default_factory=new_id)
    _renew_at: datetime | None = None

    def keep(self, *, now: datetime) -> bool:
        """Take the lease or renew it when that is due. Returns whether it is ours."""
        if self._renew_at is not None and now < self._renew_at:
            return True
        ours = self._renew(now) or self._begin(now)
        self._renew_at = now + self.lasts / _RENEWALS if ours else None
        return ours

    def end(self) -> None:
        """Leave it to whoever waits; nothing is asked where it was not ours, or has been left."""
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
