"""Checkouts, their new quotes, and the evidence of their country."""

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
    quotes = models.PositiveSmallIntegerField(default=1, db_default=1)
    pages = models.PositiveSmallIntegerField(default=1, db_default=1)
    quote = models.ForeignKey(
        "billing.Quote",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The new price that waits for the buyer.",
    )
    refusal = models.CharField(max_length=20, blank=True, default="", db_default="")
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


class Quote(models.Model):
    """A new price instead of an old one, as the buyer sees both. It never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    checkout = models.ForeignKey(Checkout, on_delete=models.CASCADE, related_name="new_quotes")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=20)
    old_country = models.CharField(max_length=2, blank=True)
    old_currency = models.CharField(max_length=3)
    old_price_minor = models.BigIntegerField()
    old_minor = models.BigIntegerField()
    old_tax_minor = models.BigIntegerField()
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    price = models.ForeignKey(Price, on_delete=models.PROTECT)
    price_minor = models.BigIntegerField()
    minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    keeps_voucher = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkout", "number"], name="billing_quote_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.country}"


class CheckoutEvidence(models.Model):
    """A piece of evidence of a checkout's country, one of each kind."""

    checkout = models.ForeignKey(Checkout, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    source = models.CharField(max_length=120)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkout", "kind"], name="billing_evidence_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.country}"
