"""Checkouts."""

from django.db import models

from contexts.billing.models.prices import Price, Product
from contexts.billing.models.vouchers import Voucher
from contexts.shared.kernel import new_id


class Checkout(models.Model):
    """A checkout. Its price is fixed when it begins."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_id = models.UUIDField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    price = models.ForeignKey(Price, on_delete=models.PROTECT)
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=10)
    price_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=35)
    bill_name = models.CharField(max_length=120, blank=True, db_default="")
    bill_address = models.CharField(max_length=300, blank=True, db_default="")
    trial_days = models.PositiveSmallIntegerField(default=0)
    provider = models.CharField(max_length=10)
    provider_ref = models.CharField(max_length=120, null=True)  # noqa: DJ001 - unique, where known
    url = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField(help_text="When the sweep may look again.")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_ref"], name="billing_checkout_ref"
            )
        ]
        indexes = [
            models.Index(fields=["customer_id", "-created_at"], name="billing_checkout_mine"),
            models.Index(fields=["state", "looked_at"], name="billing_checkout_sweep"),
        ]

    def __str__(self) -> str:
        return str(self.id)
