"""Vouchers and their uses."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from contexts.billing.domain.vouchers import Voucher, VoucherRefused
from tests.fakes.billing.rows import Rows


@dataclass
class FakeVouchers:
    rows: Rows

    def take(self, code: str) -> Voucher:
        if code not in self.rows.vouchers:
            raise VoucherRefused(why="unknown")
        return deepcopy(self.rows.vouchers[code])

    def used_by(self, code: str, customer_id: UUID) -> bool:
        return (code, customer_id) in self.rows.uses

    def save_use(
        self, voucher: Voucher, *, customer_id: UUID, checkout_id: UUID | None, now: datetime
    ) -> None:
        self.rows.vouchers[voucher.code] = deepcopy(voucher)
        self.rows.uses[voucher.code, customer_id] = checkout_id

    def give_back(self, code: str, *, checkout_id: UUID) -> None:
        mine = [use for use, bought in self.rows.uses.items() if bought == checkout_id]
        for use in mine:
            del self.rows.uses[use]
        self.rows.vouchers[code].used -= len(mine)


def voucher(code: str = "HALF", **columns: Any) -> Voucher:
    """Return a voucher of half the price, for ten people, unless the columns say otherwise."""
    half: dict[str, Any] = {
        "kind": "percent",
        "percent": 50,
        "minor": 0,
        "currency": "",
        "days": 0,
        "max_uses": 10,
        "used": 0,
        "valid_from": datetime(2026, 1, 1, tzinfo=UTC),
        "valid_until": None,
    }
    return Voucher(code=code, **half | columns)
