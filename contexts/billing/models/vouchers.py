"""Vouchers and their uses."""

from django.db import models


class Voucher(models.Model):
    """An amount off a price, or free days. The code is stored in upper case."""

    KINDS = [("percent", "percent"), ("fixed", "fixed"), ("free_days", "free days")]

    code = models.CharField(primary_key=True, max_length=40)
    kind = models.CharField(max_length=10, choices=KINDS)
    percent = models.PositiveSmallIntegerField(default=0)
    minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    days = models.PositiveSmallIntegerField(default=0)
    max_uses = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0, editable=False)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used__lte=models.F("max_uses")), name="billing_voucher_uses"
            ),
            models.CheckConstraint(
                condition=models.Q(percent__lte=100), name="billing_voucher_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class VoucherUse(models.Model):
    """A person's use of a voucher. `checkout` is null for free days."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="uses")
    customer_id = models.UUIDField(db_index=True)
    checkout = models.ForeignKey(
        "billing.Checkout", on_delete=models.PROTECT, null=True, related_name="voucher_uses"
    )
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voucher", "customer_id"], name="billing_voucher_once")
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id} by {self.customer_id}"
