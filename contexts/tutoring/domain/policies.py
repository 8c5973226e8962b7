"""Policies: the cost of canceling, moving or missing a lesson.

A policy never changes. A booking agrees on a name and a version; a better policy is a new version
beside the old.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

from contexts.shared.kernel import Conflict, Invalid

PolicyName = Literal["standard-24h.v1", "flexible-12h.v1", "graded.v1"]
LEARNER, TUTOR, SYSTEM, BOTH = "learner", "tutor", "system", "both"
_NONE, _HALF, _WHOLE = 0, 50, 100


class UnknownPolicy(Invalid):
    code = "unknown_policy"
    message = "There is no policy “{policy}”."


class LessonBinding(Conflict):
    code = "lesson_binding"
    message = "This lesson was moved too late to be canceled."


class TooLateToReschedule(Conflict):
    code = "too_late_to_reschedule"
    message = "This lesson could be moved until {until}, by the policy agreed at booking."


class TooManyReschedules(Conflict):
    code = "too_many_reschedules"
    message = "A lesson can be moved at most {most} times, by the policy agreed at booking."


class TooEarlyToReport(Conflict):
    code = "too_early_to_report"
    message = "Wait for the other person until {until}. Then report the absence."


class TooLateToReport(Conflict):
    code = "too_late_to_report"
    message = "An absence could be reported until {until}."


@dataclass(frozen=True, slots=True)
class Band:
    """Canceled at least `notice` before the start, the lesson costs `spent_percent`."""

    notice: timedelta
    spent_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Terms of a lesson. `bands` are the learner's, the longest notice first.

    `binds_within`: a lesson moved with less notice than this can no longer be canceled.
    """

    name: PolicyName
    bands: tuple[Band, ...]
    reschedule_notice: timedelta
    most_reschedules: int
    binds_within: timedelta = timedelta(0)
    learner_absent_percent: int = _WHOLE
    tutor_absent_percent: int = _NONE
    wait: timedelta = timedelta(minutes=10)
    report_within: timedelta = timedelta(hours=72)
    answer_within: timedelta = timedelta(hours=48)

    def cancellation(
        self, *, by: str, starts_at: datetime, now: datetime, bound: bool = False
    ) -> int:
        """Return the percentage of the credit that is spent. Raises LessonBinding.

        A cancellation by the tutor or the system costs the learner nothing.
        """
        if by != LEARNER:
            return _NONE
        if bound:
            raise LessonBinding
        notice = starts_at - now
        kept = (band.spent_percent for band in self.bands if notice >= band.notice)
        return next(kept, _WHOLE)

    def absence(self, *, absent: str) -> int:
        """Return the percentage that an absence costs."""
        return self.learner_absent_percent if absent == LEARNER else self.tutor_absent_percent

    def reports_end(self, *, ends_at: datetime) -> datetime:
        """Return the instant from which no absence can be reported any more."""
        return ends_at + self.report_within

    def allow_report(self, *, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
        """Raises TooEarlyToReport, TooLateToReport."""
        if now < starts_at + self.wait:
            raise TooEarlyToReport(until=(starts_at + self.wait).isoformat())
        until = self.reports_end(ends_at=ends_at)
        if now >= until:
            raise TooLateToReport(until=until.isoformat())

    def allow_reschedule(self, *, starts_at: datetime, moved: int, now: datetime) -> bool:
        """Whether the lesson is bound from now on; `moved` is how often it was moved before.

        Raises TooLateToReschedule, TooManyReschedules.
        """
        notice = starts_at - now
        if notice < self.reschedule_notice:
            until = starts_at - self.reschedule_notice
            raise TooLateToReschedule(until=until.isoformat())
        if moved >= self.most_reschedules:
            raise TooManyReschedules(most=self.most_reschedules)
        return notice < self.binds_within


_DAY = timedelta(hours=24)

STANDARD_24H = Policy(
    name="standard-24h.v1",
    bands=(Band(_DAY, _NONE),),
    reschedule_notice=_DAY,
    most_reschedules=3,
)
# Late, a lesson can only be moved, and then it stands.
FLEXIBLE_12H = Policy(
    name="flexible-12h.v1",
    bands=(Band(timedelta(hours=12), _NONE),),
    reschedule_notice=timedelta(hours=1),
    most_reschedules=3,
    binds_within=timedelta(hours=12),
    wait=timedelta(minutes=15),
)
GRADED = Policy(
    name="graded.v1",
    bands=(Band(_DAY, _NONE), Band(timedelta(minutes=90), _HALF)),
    reschedule_notice=_DAY,
    most_reschedules=3,
)

POLICIES: Mapping[str, Policy] = MappingProxyType(
    {policy.name: policy for policy in (STANDARD_24H, FLEXIBLE_12H, GRADED)}
)
DEFAULT_POLICY = STANDARD_24H.name


def policy(name: str) -> Policy:
    """The policy of a name and version. Raises UnknownPolicy."""
    try:
        return POLICIES[name]
    except KeyError:
        raise UnknownPolicy(policy=name[:40]) from None
