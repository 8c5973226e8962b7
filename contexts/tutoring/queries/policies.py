"""The shipped policies, in words and numbers."""

from dataclasses import dataclass
from datetime import timedelta

from contexts.tutoring.domain.policies import POLICIES, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class BandShown:
    notice_minutes: int
    spent_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyShown:
    """Terms of booking. With less notice than any band says, all of the credit is spent."""

    name: str
    cancellation: list[BandShown]
    reschedule_notice_minutes: int
    most_reschedules: int
    binds_within_minutes: int
    learner_absent_percent: int
    tutor_absent_percent: int
    wait_minutes: int


def policies() -> list[PolicyShown]:
    """All there are, by name and version."""
    return [_shown(policy) for policy in POLICIES.values()]


def _shown(policy: Policy) -> PolicyShown:
    return PolicyShown(
        name=policy.name,
        cancellation=[
            BandShown(notice_minutes=_minutes(band.notice), spent_percent=band.spent_percent)
            for band in policy.bands
        ],
        reschedule_notice_minutes=_minutes(policy.reschedule_notice),
        most_reschedules=policy.most_reschedules,
        binds_within_minutes=_minutes(policy.binds_within),
        learner_absent_percent=policy.learner_absent_percent,
        tutor_absent_percent=policy.tutor_absent_percent,
        wait_minutes=_minutes(policy.wait),
    )


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
