"""Entitlements: features that a customer may use, until when, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from contexts.billing.events import EntitlementChanged
from contexts.shared.kernel import Aggregate

PREMIUM = "premium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A reason for an entitlement, from `starts_at` until just before `ends_at`.

    `kind` is subscription, voucher, gift or goodwill.
    """

    source: str
    kind: str
    starts_at: datetime
    ends_at: datetime

    def covers(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at


def merged(sources: Iterable[Source]) -> list[tuple[datetime, datetime]]:
    """Return the union of the sources' intervals, in order, adjacent ones joined."""
    spans: list[tuple[datetime, datetime]] = []
    for source in sorted(sources, key=lambda one: one.starts_at):
        if source.ends_at <= source.starts_at:
            continue
        if spans and source.starts_at <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], source.ends_at))
        else:
            spans.append((source.starts_at, source.ends_at))
    return spans


@dataclass(kw_only=True, eq=False)
class Entitlement(Aggregate):
    """The use of one feature by a customer. A change of its end is published."""

    customer_id: UUID
    feature: str
    until: datetime | None = None
    revision: int = 0
    sources: dict[str, Source] = field(default_factory=dict)

    def put(self, source: Source, *, now: datetime) -> None:
        """Add or replace a source by its name. Does nothing if it is new and empty."""
        if source.source in self.sources or source.starts_at < source.ends_at:
            self.sources[source.source] = source
            self._settle(now)

    def add_days(self, *, source: str, kind: str, days: int, now: datetime) -> None:
        """Add days after all other time, once for a source."""
        if source not in self.sources:
            start = max(self._end_at(now) or now, now)
            end = start + timedelta(days=days)
            self.put(Source(source=source, kind=kind, starts_at=start, ends_at=end), now=now)

    def _settle(self, now: datetime) -> None:
        if self._end_at(now) is None:
            self._bring_forward(now)
        until = self._end_at(now)
        if until != self.until:
            self.until, self.revision = until, self.revision + 1
            self.record(
                EntitlementChanged(
                    occurred_at=now,
                    customer_id=self.customer_id,
                    feature=self.feature,
                    until=until,
                    revision=self.revision,
                )
            )

    def _bring_forward(self, now: datetime) -> None:
        """Start waiting days now, since the time before them is gone."""
        waiting = [one for one in self.sources.values() if one.starts_at > now]
        for source in sorted(waiting, key=lambda one: one.starts_at):
            start = self._end_at(now) or now
            end = start + (source.ends_at - source.starts_at)
            self.sources[source.source] = replace(source, starts_at=start, ends_at=end)

    def _end_at(self, now: datetime) -> datetime | None:
        """Return the end of the time that covers this instant without a gap, if there is one."""
        spans = merged(self.sources.values())
        return next((end for start, end in spans if start <= now < end), None)
