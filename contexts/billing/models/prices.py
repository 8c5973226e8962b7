"""Products and prices. `manage.py prices load` writes these rows."""

from datetime import datetime

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


def in_force(now: datetime) -> models.Q:
    """Return the condition for prices that hold at an instant."""
    open_ended = models.Q(valid_until=None) | models.Q(valid_until__gt=now)
    return open_ended & models.Q(valid_from__lte=now)
