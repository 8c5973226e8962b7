"""Free days come after all other time, once for a voucher and a person."""

from datetime import timedelta
from uuid import UUID

import pytest

from contexts.billing.domain.vouchers import VoucherRefused
from tests.fakes.billing.use_cases import Billing
from tests.fakes.billing.vouchers import voucher
from tests.fakes.crashes import Calls, Crashed
from tests.unit.billing.stories import CUSTOMER, NOW

DAY = timedelta(days=1)


@pytest.fixture
def billing() -> Billing:
    found = Billing()
    found.rows.vouchers = {
        "WEEK": voucher("WEEK", kind="free_days", days=7, max_uses=1),
        "HALF": voucher("HALF"),
    }
    return found


def _until(billing: Billing, customer_id: UUID = CUSTOMER) -> timedelta | None:
    entitlement = billing.rows.entitlements.get((customer_id, "premium"))
    return entitlement.until - NOW if entitlement and entitlement.until else None


class TestRedeeming:
    def test_adds_days_after_a_gift(self, billing: Billing) -> None:
        billing.vouchers.give_days(
            customer_id=CUSTOMER, source="gift:1", kind="gift", days=3, now=NOW
        )

        billing.vouchers.redeem(customer_id=CUSTOMER, code=" week ", now=NOW)

        assert _until(billing) == 10 * DAY

    def test_is_refused_a_second_time(self, billing: Billing) -> None:
        billing.rows.vouchers["WEEK"].max_uses = 9
        billing.vouchers.redeem(customer_id=CUSTOMER, code="WEEK", now=NOW)

        with pytest.raises(VoucherRefused, match="used_before"):
            billing.vouchers.redeem(customer_id=CUSTOMER, code="WEEK", now=NOW)

        assert _until(billing) == 7 * DAY

    def test_lets_one_person_have_the_last_use(self, billing: Billing) -> None:
        billing.vouchers.redeem(customer_id=CUSTOMER, code="WEEK", now=NOW)

        with pytest.raises(VoucherRefused, match="used_up"):
            billing.vouchers.redeem(customer_id=UUID(int=9), code="WEEK", now=NOW)

        assert _until(billing, UUID(int=9)) is None

    @pytest.mark.parametrize(("code", "why"), [("HALF", "other_use"), ("NOTHING", "unknown")])
    def test_needs_a_voucher_of_free_days(self, billing: Billing, code: str, why: str) -> None:
        with pytest.raises(VoucherRefused, match=why):
            billing.vouchers.redeem(customer_id=CUSTOMER, code=code, now=NOW)

        assert (billing.rows.uses, _until(billing)) == ({}, None)

    @pytest.mark.parametrize("point", range(1, 6))
    def test_leaves_nothing_after_a_crash(self, billing: Billing, point: int) -> None:
        use = Calls(last=point).watch(billing.vouchers)

        with pytest.raises(Crashed), billing.transaction():
            use.redeem(customer_id=CUSTOMER, code="WEEK", now=NOW)
        left = dict(billing.rows.uses), _until(billing)
        billing.vouchers.redeem(customer_id=CUSTOMER, code="WEEK", now=NOW)

        assert left == ({}, None)
        assert _until(billing) == 7 * DAY


class TestGivingDays:
    def test_happens_once_for_a_source(self, billing: Billing) -> None:
        for _ in range(2):
            billing.vouchers.give_days(
                customer_id=CUSTOMER, source="gift:1", kind="gift", days=3, now=NOW
            )

        assert _until(billing) == 3 * DAY
        assert len(billing.rows.events) == 1
