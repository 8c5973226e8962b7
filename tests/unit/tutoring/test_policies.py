"""What canceling, moving and missing cost, to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from contexts.tutoring.domain.policies import (
    FLEXIBLE_12H,
    GRADED,
    POLICIES,
    STANDARD_24H,
    LessonBinding,
    Policy,
    TooEarlyToReport,
    TooLateToReport,
    TooLateToReschedule,
    TooManyReschedules,
    UnknownPolicy,
    policy,
)

START = datetime(2026, 6, 1, 18, tzinfo=UTC)
END = START + timedelta(hours=1)
SECOND = timedelta(seconds=1)


def _before(**notice: float) -> datetime:
    return START - timedelta(**notice)


class TestCanceling:
    @pytest.mark.parametrize(
        ("agreed", "now", "spent"),
        [
            (STANDARD_24H, _before(days=30), 0),
            (STANDARD_24H, _before(hours=24), 0),
            (STANDARD_24H, _before(hours=24) + SECOND, 100),
            (STANDARD_24H, START - SECOND, 100),
            (FLEXIBLE_12H, _before(hours=12), 0),
            (FLEXIBLE_12H, _before(hours=12) + SECOND, 100),
            (FLEXIBLE_12H, START - SECOND, 100),
            (GRADED, _before(hours=24), 0),
            (GRADED, _before(hours=24) + SECOND, 50),
            (GRADED, _before(minutes=90), 50),
            (GRADED, _before(minutes=90) + SECOND, 100),
            (GRADED, START - SECOND, 100),
        ],
    )
    def test_costs_the_learner_by_notice(self, agreed: Policy, now: datetime, spent: int) -> None:
        assert agreed.cancellation(by="learner", starts_at=START, now=now) == spent

    @pytest.mark.parametrize("agreed", POLICIES.values(), ids=lambda agreed: agreed.name)
    @pytest.mark.parametrize("by", ["tutor", "system"])
    @pytest.mark.parametrize("now", [_before(days=3), START - SECOND])
    @pytest.mark.parametrize("bound", [True, False])
    def test_costs_nothing_when_it_is_not_the_learners_wish(
        self, agreed: Policy, by: str, now: datetime, bound: bool
    ) -> None:
        assert agreed.cancellation(by=by, starts_at=START, now=now, bound=bound) == 0

    def test_is_refused_once_the_lesson_binds(self) -> None:
        with pytest.raises(LessonBinding):
            FLEXIBLE_12H.cancellation(
                by="learner", starts_at=START, now=_before(days=3), bound=True
            )


class TestMoving:
    @pytest.mark.parametrize(
        ("agreed", "last"),
        [
            (STANDARD_24H, timedelta(hours=24)),
            (FLEXIBLE_12H, timedelta(hours=1)),
            (GRADED, timedelta(hours=24)),
        ],
    )
    def test_is_allowed_until_the_policys_moment(self, agreed: Policy, last: timedelta) -> None:
        agreed.allow_reschedule(starts_at=START, moved=0, now=START - last)
        with pytest.raises(TooLateToReschedule):
            agreed.allow_reschedule(starts_at=START, moved=0, now=START - last + SECOND)

    @pytest.mark.parametrize(
        ("agreed", "notice", "binds"),
        [
            (FLEXIBLE_12H, timedelta(hours=12), False),
            (FLEXIBLE_12H, timedelta(hours=12) - SECOND, True),
            (STANDARD_24H, timedelta(hours=24), False),
            (GRADED, timedelta(hours=24), False),
        ],
    )
    def test_late_binds_where_the_policy_says_so(
        self, agreed: Policy, notice: timedelta, binds: bool
    ) -> None:
        assert agreed.allow_reschedule(starts_at=START, moved=0, now=START - notice) is binds

    @pytest.mark.parametrize("agreed", POLICIES.values(), ids=lambda agreed: agreed.name)
    def test_is_allowed_so_often(self, agreed: Policy) -> None:
        agreed.allow_reschedule(starts_at=START, moved=2, now=_before(days=3))
        with pytest.raises(TooManyReschedules):
            agreed.allow_reschedule(starts_at=START, moved=3, now=_before(days=3))


class TestNotComing:
    @pytest.mark.parametrize("agreed", POLICIES.values(), ids=lambda agreed: agreed.name)
    def test_costs_the_learner_who_does_not(self, agreed: Policy) -> None:
        assert agreed.absence(absent="learner") == 100
        assert agreed.absence(absent="tutor") == 0

    @pytest.mark.parametrize(
        ("agreed", "wait"),
        [
            (STANDARD_24H, timedelta(minutes=10)),
            (FLEXIBLE_12H, timedelta(minutes=15)),
            (GRADED, timedelta(minutes=10)),
        ],
    )
    def test_is_reported_after_a_wait(self, agreed: Policy, wait: timedelta) -> None:
        agreed.allow_report(starts_at=START, ends_at=END, now=START + wait)
        with pytest.raises(TooEarlyToReport):
            agreed.allow_report(starts_at=START, ends_at=END, now=START + wait - SECOND)

    @pytest.mark.parametrize("agreed", POLICIES.values(), ids=lambda agreed: agreed.name)
    def test_is_reported_within_three_days(self, agreed: Policy) -> None:
        last = END + timedelta(hours=72)

        agreed.allow_report(starts_at=START, ends_at=END, now=last - SECOND)
        with pytest.raises(TooLateToReport):
            agreed.allow_report(starts_at=START, ends_at=END, now=last)


class TestAPolicy:
    def test_is_found_by_name_and_version(self) -> None:
        assert [policy(name).name for name in POLICIES] == [
            "standard-24h.v1",
            "flexible-12h.v1",
            "graded.v1",
        ]

    @pytest.mark.parametrize("name", ["", "graded", "graded.v2", "GRADED.V1"])
    def test_of_another_name_is_unknown(self, name: str) -> None:
        with pytest.raises(UnknownPolicy):
            policy(name)
