"""Refunds."""

from django.db import models

from contexts.billing.models.checkouts import Checkout


class Refund(models.Model):
    """A whole payment that goes back to its buyer. `state` is wanted or done."""

    id = models.UUIDField(primary_key=True, editable=False)
    checkout = models.ForeignKey(Checkout, on_delete=models.PROTECT, related_name="refunds")
    provider = models.CharField(max_length=10)
    payment_ref = models.CharField(max_length=120)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=20)
    state = models.CharField(max_length=6)
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField(help_text="When the sweep may look again.")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "payment_ref"], name="billing_refund_once")
        ]
        indexes = [models.Index(fields=["state", "looked_at"], name="billing_refund_sweep")]

    def __str__(self) -> str:
        return self.payment_ref
