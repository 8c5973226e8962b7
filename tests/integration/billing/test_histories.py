"""Whatever happens, the books on the database are balanced."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contexts.billing import api
from contexts.shared.kernel import Money, new_id, now

_customer = st.integers(min_value=0, max_value=1)
_lesson = st.integers(min_value=0, max_value=4)
_steps = st.one_of(
    st.tuples(
        st.just("grant"),
        _customer,
        st.integers(min_value=1, max_value=3),
        st.integers(min_value=0, max_value=10_000),
        st.sampled_from(["purchased", "gift", "promotional"]),
    ),
    st.tuples(st.just("hold"), _customer, _lesson),
    st.tuples(st.just("confirm"), _customer, _lesson),
    st.tuples(st.just("settle"), _customer, _lesson, st.integers(min_value=0, max_value=100)),
    st.tuples(st.just("pass"), st.integers(min_value=1, max_value=60)),
)


class History:
    """Two customers and five lessons; a lesson is now the one's, now the other's."""

    def __init__(self) -> None:
        self.now = now()
        self.customers = [new_id(), new_id()]
        self.lessons = [new_id() for _ in range(5)]

    def do(self, step: tuple[Any, ...]) -> None:
        name, *told = step
        with suppress(api.NotEnoughCredits, api.HoldSettled, api.HoldNotFound):
            getattr(self, f"_{name}")(*told)

    def _grant(self, customer: int, count: int, minor: int, kind: str) -> None:
        api.grant_credits(
            customer_id=self.customers[customer],
            source=f"test:{new_id()}",
            kind=kind,
            credits=count,
            value=Money(minor, "EUR"),
            expires_at=self.now + timedelta(hours=48) if minor % 2 else None,
            now=self.now,
        )

    def _hold(self, customer: int, lesson: int) -> None:
        expires_at = self.now + timedelta(hours=1)
        api.hold_credit(**self._about(customer, lesson), expires_at=expires_at)

    def _confirm(self, customer: int, lesson: int) -> None:
        api.confirm_hold(**self._about(customer, lesson))

    def _settle(self, customer: int, lesson: int, percent: int) -> None:
        api.settle_hold(
            **self._about(customer, lesson),
            tutor_id=UUID(int=7),
            spent_percent=percent,
            in_fault=percent > 50,
        )

    def _pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        api.expire_credits(now=self.now)

    def _about(self, customer: int, lesson: int) -> dict[str, Any]:
        return {
            "customer_id": self.customers[customer],
            "hold_id": self.lessons[lesson],
            "now": self.now,
        }


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(_steps, min_size=5, max_size=25))
def test_every_history_leaves_the_ledger_and_the_wallets_in_agreement(
    steps: list[tuple[Any, ...]],
) -> None:
    history = History()

    for step in steps:
        history.do(step)

    assert api.check_ledger() == []
