"""Subscriptions."""

from django.db import models

from contexts.billing.models.checkouts import Checkout
from contexts.billing.models.prices import Product
from contexts.shared.kernel import new_id


class Subscription(models.Model):
    """A subscription by the provider's newest snapshot, whose version is `version`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_id = models.UUIDField()
    checkout = models.OneToOneField(Checkout, on_delete=models.PROTECT)
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    provider = models.CharField(max_length=10)
    provider_ref = models.CharField(max_length=120)
    state = models.CharField(max_length=10)
    version = models.BigIntegerField()
    started_at = models.DateTimeField()
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    cancel_wanted = models.CharField(max_length=3, blank=True, help_text="end, now or no (go on).")
    trial_of = models.UUIDField(null=True, help_text="Whose one trial this is.")
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "provider_ref"], name="billing_subscription_ref"
            ),
            models.UniqueConstraint(fields=["trial_of"], name="billing_trial_once"),
        ]
        indexes = [
            models.Index(fields=["customer_id", "-started_at"], name="billing_subscription_mine"),
            models.Index(fields=["state", "looked_at"], name="billing_subscription_sweep"),
        ]

    def __str__(self) -> str:
        return str(self.id)
