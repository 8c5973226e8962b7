"""The policies that a lesson can be booked on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from contexts.tutoring.domain.policies import POLICIES
from contexts.tutoring.domain.policies import Policy as Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    notice_minutes: int
    spent_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    policies: "list[Policy]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Terms of booking."""

    name: str
    cancellation: Annotated[list[Band], "Less notice costs the whole credit."]
    reschedule_notice_minutes: int
    most_reschedules: int
    binds_within_minutes: Annotated[
        int, "A lesson moved with less notice can no longer be canceled."
    ]
    learner_absent_percent: int
    tutor_absent_percent: int
    wait_minutes: int


def policies() -> list[Policy]:
    """Return all policies."""
    return [_policy(policy) for policy in POLICIES.values()]


def _policy(policy: Terms) -> Policy:
    return Policy(
        name=policy.name,
        cancellation=[
            Band(notice_minutes=_minutes(band.notice), spent_percent=band.spent_percent)
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
