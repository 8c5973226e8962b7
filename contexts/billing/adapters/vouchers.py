"""Vouchers in rows."""

from datetime import datetime
from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.domain.vouchers import Voucher, VoucherRefused


class OrmVouchers:
    def take(self, code: str) -> Voucher:
        row = rows.Voucher.objects.select_for_update().filter(pk=code).first()
        if row is None or row.code != code:
            raise VoucherRefused(why="unknown")
        return Voucher(
            code=row.code,
            kind=row.kind,
            percent=row.percent,
            minor=row.minor,
            currency=row.currency,
            days=row.days,
            max_uses=row.max_uses,
            used=row.used,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )

    def used_by(self, code: str, customer_id: UUID) -> bool:
        return rows.VoucherUse.objects.filter(voucher_id=code, customer_id=customer_id).exists()

    def save_use(
        self, voucher: Voucher, *, customer_id: UUID, checkout_id: UUID | None, now: datetime
    ) -> None:
        rows.Voucher.objects.filter(pk=voucher.code).update(used=voucher.used)
        rows.VoucherUse.objects.create(
            voucher_id=voucher.code, customer_id=customer_id, checkout_id=checkout_id, used_at=now
        )

    def give_back(self, code: str, *, checkout_id: UUID) -> None:
        row = rows.Voucher.objects.select_for_update().get(pk=code)
        gone, _ = rows.VoucherUse.objects.filter(voucher=row, checkout_id=checkout_id).delete()
        rows.Voucher.objects.filter(pk=code).update(used=row.used - gone)
