"""What is sold, as the shipped catalog has it. `prices load` writes these rows."""

from django.db import models

from contexts.shared.kernel import new_id


class Product(models.Model):
    """A subscription to a feature, or a pack of lesson credits."""

    code = models.SlugField(primary_key=True, max_length=40)
    kind = models.CharField(max_length=12, help_text="subscription or credits.")
    names = models.JSONField(help_text="By language.")
    feature = models.CharField(max_length=20, blank=True)
    months = models.PositiveSmallIntegerField(default=0)
    trial_days = models.PositiveSmallIntegerField(default=0)
    credits = models.PositiveSmallIntegerField(default=0)
    expires_days = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.code


class Price(models.Model):
    """Minor units, tax included, in a group of countries from one instant to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="prices")
    group = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "group", "currency", "valid_from"], name="billing_price_once"
            ),
            models.CheckConstraint(condition=models.Q(minor__gt=0), name="billing_price_above_0"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.group}: {self.minor} {self.currency}"


class Voucher(models.Model):
    """Something off the price, or days for free. The code is kept as it is compared: upper case."""

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
    """Who used a voucher, once each; `checkout` is none for free days."""

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
