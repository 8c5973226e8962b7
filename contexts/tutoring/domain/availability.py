"""Availability of a tutor, and the slots that it makes.

Hours are wall-clock times of the tutor's place, resolved when a date is computed: 13:00 stays 13:00
in winter and in summer. No hours cross midnight; teaching through it takes two rules. Hours that
touch, also at midnight, are one stretch: a lesson may begin in one and end in the next.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from contexts.shared.kernel import Invalid

QUARTER = 15
DAY = 24 * 60
# A lesson credit is an hour. Lengths are quarters of it, so that every cost is whole.
CREDIT_MINUTES, CREDIT = 60, 100
_ONE_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
# From the west of the date line to the east of it, a date lies within two days of UTC's.
_MARGIN = timedelta(days=2)

MOST_RULES = 60
MOST_OVERRIDES = 366
MOST_TRAVELS = 20
MOST_HOURS_A_DAY = 12


class HoursMalformed(Invalid):
    code = "hours_malformed"
    message = "Hours must start before they end, on one day, at a quarter of an hour."


class HoursOverlap(Invalid):
    code = "hours_overlap"
    message = "Two periods of one day overlap. Change one of them."


class TravelsOverlap(Invalid):
    code = "travels_overlap"
    message = "A trip must not end before it starts, and trips must not overlap."


class TooMuchAvailability(Invalid):
    code = "too_much_availability"
    message = "You can save at most {most}. Remove some first."


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """From `start` to `end`, minutes of a day's wall clock, both on the quarter; 1440 is its end.

    Raises HoursMalformed.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        quarters = self.start % QUARTER == 0 == self.end % QUARTER
        if not (quarters and 0 <= self.start < self.end <= DAY):
            raise HoursMalformed


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """Hours of every week; `weekday` is ISO's: 1 is Monday, 7 is Sunday."""

    weekday: int
    hours: Hours

    def __post_init__(self) -> None:
        if not 1 <= self.weekday <= 7:
            raise HoursMalformed


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOverride:
    """One date: `off` drops the weekly hours, `extra` adds its own; both together replace."""

    on: date
    off: bool
    extra: tuple[Hours, ...] = ()

    def __post_init__(self) -> None:
        _refuse_overlaps(self.extra)
        if len(self.extra) > MOST_HOURS_A_DAY:
            raise TooMuchAvailability(most=MOST_HOURS_A_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """From the first date to the last, both included, the tutor's clock is another zone's."""

    first: date
    last: date
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Offer of a tutor: how hours are cut into lessons, in minutes, and days ahead."""

    lesson_minutes: int = 60
    grid_minutes: int = 30
    notice_minutes: int = 12 * 60
    horizon_days: int = 60
    buffer_minutes: int = 0

    def __post_init__(self) -> None:
        on_quarters = (self.lesson_minutes, self.grid_minutes, self.buffer_minutes)
        fits = (
            all(minutes % QUARTER == 0 for minutes in on_quarters)
            and QUARTER <= self.lesson_minutes <= 240
            and QUARTER <= self.grid_minutes <= 240
            and 0 <= self.buffer_minutes <= 240
            and 0 <= self.notice_minutes <= 14 * DAY
            and 1 <= self.horizon_days <= 365
        )
        if not fits:
            raise HoursMalformed

    @property
    def cost(self) -> int:
        """The cost of a lesson in hundredths of a credit, which is one hour."""
        return self.lesson_minutes * CREDIT // CREDIT_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """All that decides slots. Raises HoursOverlap, TravelsOverlap, TooMuchAvailability."""

    zone: str
    rules: tuple[WeeklyRule, ...] = ()
    overrides: tuple[DayOverride, ...] = ()
    travels: tuple[Travel, ...] = ()
    offer: Offer = field(default_factory=Offer)

    def __post_init__(self) -> None:
        _refuse_too_many(self.rules, MOST_RULES)
        _refuse_too_many(self.overrides, MOST_OVERRIDES)
        _refuse_too_many(self.travels, MOST_TRAVELS)
        for weekday in range(1, 8):
            _refuse_overlaps(rule.hours for rule in self.rules if rule.weekday == weekday)
        if len({override.on for override in self.overrides}) < len(self.overrides):
            raise HoursOverlap
        _refuse_travels(self.travels)

    def cut_to(self, minutes: int) -> "Availability":
        """Return the same hours with lessons of another length."""
        return replace(self, offer=replace(self.offer, lesson_minutes=minutes))


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """From `starts_at` until `ends_at`, instants in UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)


def slots(availability: Availability, *, since: datetime, until: datetime) -> list[Slot]:
    """The slots that begin in a window, whether free or not, in order, each start once.

    A wall time that does not exist is skipped; one that occurs twice counts at its first
    occurrence; to its last moment a lesson lies before the end of the hours on the tutor's clock.
    """
    length = timedelta(minutes=availability.offer.lesson_minutes)
    found = {
        start
        for day in _days(since, until)
        for start in _starts(availability, day, length)
        if since <= start < until
    }
    return [Slot(start, start + length) for start in sorted(found)]


def _days(since: datetime, until: datetime) -> Iterator[date]:
    day, last = (since - _MARGIN).date(), (until + _MARGIN).date()
    while day <= last:
        yield day
        day += _ONE_DAY


def _starts(availability: Availability, day: date, length: timedelta) -> Iterator[datetime]:
    hours = hours_on(availability, day)
    if not hours:
        return
    zone = ZoneInfo(zone_on(availability, day))
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall clock's
    offer = availability.offer
    for one in hours:
        closes = _stretch_end(availability, day, hours, one.end)
        end = midnight + timedelta(minutes=closes)
        latest = min(one.end - 1, closes - offer.lesson_minutes)
        for minute in range(one.start, latest + 1, offer.grid_minutes):
            wall = midnight + timedelta(minutes=minute)
            start = wall.replace(tzinfo=zone).astimezone(UTC)
            exists = start.astimezone(zone).replace(tzinfo=None, fold=0) == wall
            if exists and _wall(start + length - _MOMENT, zone) < end:
                yield start


def _stretch_end(availability: Availability, day: date, hours: list[Hours], end: int) -> int:
    """Return the end of the stretch that hours ending at `end` belong to, in minutes of `day`.

    It may lie in the next day, if the tutor's clock is the same there.
    """
    end, following = _reach(hours, end), day + _ONE_DAY
    if end < DAY or zone_on(availability, following) != zone_on(availability, day):
        return end
    return end + _reach(hours_on(availability, following), 0)


def _reach(hours: Iterable[Hours], minute: int) -> int:
    """Return the minute up to which hours follow one another without a gap."""
    for one in hours:
        minute = max(minute, one.end) if one.start <= minute else minute
    return minute


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def hours_on(availability: Availability, day: date) -> list[Hours]:
    """The hours of a date, weekly and extra, in order."""
    override = next((one for one in availability.overrides if one.on == day), None)
    weekly = [rule.hours for rule in availability.rules if rule.weekday == day.isoweekday()]
    if override is None:
        return sorted(weekly)
    return sorted({*(() if override.off else weekly), *override.extra})


def zone_on(availability: Availability, day: date) -> str:
    """The IANA zone whose clock the tutor lives by on a date."""
    away = (travel.zone for travel in availability.travels if travel.first <= day <= travel.last)
    return next(away, availability.zone)


def open_slots(
    availability: Availability,
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    busy: Collection[int] = (),
) -> list[Slot]:
    """The slots in a window that can be booked now; `busy` are the tutor's taken cells."""
    offer = availability.offer
    since = max(since, now + timedelta(minutes=offer.notice_minutes))
    until = min(until, now + timedelta(days=offer.horizon_days))
    if since >= until:
        return []
    taken = set(busy)
    return [
        slot
        for slot in slots(availability, since=since, until=until)
        if taken.isdisjoint(cells(slot, around=offer.buffer_minutes))
    ]


def cells(slot: Slot, *, around: int = 0) -> range:
    """The quarter hours since 1970 that a slot touches, and `around` minutes before and after."""
    seconds = QUARTER * 60
    first = int(slot.starts_at.timestamp()) - around * 60
    last = int(slot.ends_at.timestamp()) + around * 60
    return range(first // seconds, -(-last // seconds))


def _refuse_overlaps(hours: Iterable[Hours]) -> None:
    ordered = sorted(hours)
    for one, following in pairwise(ordered):
        if following.start < one.end:
            raise HoursOverlap


def _refuse_travels(travels: Collection[Travel]) -> None:
    ordered = sorted(travels, key=lambda travel: travel.first)
    if any(travel.last < travel.first for travel in ordered):
        raise TravelsOverlap
    for one, following in pairwise(ordered):
        if following.first <= one.last:
            raise TravelsOverlap


def _refuse_too_many(kept: Collection[object], most: int) -> None:
    if len(kept) > most:
        raise TooMuchAvailability(most=most)
