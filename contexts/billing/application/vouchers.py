"""Free days: from a voucher, as a gift or as goodwill."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.ports import EntitlementRepository, VoucherRepository
from contexts.billing.domain.entitlements import PREMIUM
from contexts.billing.domain.vouchers import VoucherRefused, normalized


@dataclass(frozen=True)
class Vouchers:
    vouchers: VoucherRepository
    entitlements: EntitlementRepository

    def redeem(self, *, customer_id: UUID, code: str, now: datetime) -> None:
        """Add a voucher's free days of Premium after all other time. Raises VoucherRefused."""
        code = normalized(code)
        voucher = self.vouchers.take(code)
        if voucher.kind != "free_days":
            raise VoucherRefused(why="other_use")
        voucher.use(used_before=self.vouchers.used_by(code, customer_id), now=now)
        self.vouchers.save_use(voucher, customer_id=customer_id, checkout_id=None, now=now)
        self.give_days(
            customer_id=customer_id,
            source=f"voucher:{code}",
            kind="voucher",
            days=voucher.days,
            now=now,
        )

    def give_days(
        self, *, customer_id: UUID, source: str, kind: str, days: int, now: datetime
    ) -> None:
        """Add days of Premium, once for a source. `kind` is voucher, gift or goodwill."""
        entitlement = self.entitlements.take(customer_id, PREMIUM)
        entitlement.add_days(source=source, kind=kind, days=days, now=now)
        self.entitlements.save(entitlement)
