"""A tutor's own availability: weekly hours, dates that differ, and travels."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen

from contexts.tutoring.domain import documents
from contexts.tutoring.domain.availability import (
    MOST_HOURS_A_DAY,
    MOST_RULES,
    DayOverride,
    WeeklyRule,
)
from contexts.tutoring.domain.availability import Hours as Span
from contexts.tutoring.domain.policies import PolicyName, policy
from contexts.tutoring.queries.tutors import own_row

_CLOCK = re.compile(r"^([01][0-9]|2[0-4]):[0-5][0-9]$")
_ZONE = "IANA name."


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of one day, on the wall clock."""

    start: Annotated[str, _CLOCK, "On the quarter hour, like 09:30."]
    end: Annotated[str, _CLOCK, "On the quarter hour; 24:00 is the end of the day."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Hours):
    """Hours of every week."""

    weekday: Annotated[int, Ge(1), Le(7), "1 is Monday."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDay:
    """A date that differs from its week."""

    date: date
    off: Annotated[bool, "True drops the weekly hours of this date."]
    hours: Annotated[list[Hours], MaxLen(MOST_HOURS_A_DAY)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """Dates on which the tutor lives by the clock of another zone."""

    first: date
    last: Annotated[date, "Included."]
    time_zone: Annotated[str, MaxLen(64), _ZONE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Weekly hours, and how they are cut into lessons."""

    time_zone: Annotated[str, MaxLen(64), _ZONE]
    lesson_minutes: Annotated[int, Ge(15), Le(240)]
    grid_minutes: Annotated[int, Ge(15), Le(240), "From one start to the next."]
    notice_minutes: Annotated[int, Ge(0), Le(20_160)]
    horizon_days: Annotated[int, Ge(1), Le(365)]
    buffer_minutes: Annotated[int, Ge(0), Le(240)]
    policy: Annotated[PolicyName, "Policy of lessons booked from now on."]
    rules: Annotated[list[Rule], MaxLen(MOST_RULES)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability(Week):
    """The caller's hours as a tutor."""

    overrides: list[ChangedDay]
    travels: list[Travel]


def availability(person_id: UUID) -> Availability:
    """Raises NotATutor."""
    row = own_row(person_id)
    found = documents.read(row.availability)
    offer = {name: getattr(found.offer, name) for name in documents.OFFER_FIELDS}
    return Availability(
        time_zone=found.zone,
        **offer,
        policy=policy(row.policy).name,
        rules=[_rule(each) for each in found.rules],
        overrides=[_override(each) for each in found.overrides],
        travels=[Travel(first=t.first, last=t.last, time_zone=t.zone) for t in found.travels],
    )


def _rule(rule: WeeklyRule) -> Rule:
    hours = _hours(rule.hours)
    return Rule(weekday=rule.weekday, start=hours.start, end=hours.end)


def _override(override: DayOverride) -> ChangedDay:
    hours = [_hours(each) for each in override.extra]
    return ChangedDay(date=override.on, off=override.off, hours=hours)


def _hours(hours: Span) -> Hours:
    return Hours(start=documents.clock(hours.start), end=documents.clock(hours.end))
