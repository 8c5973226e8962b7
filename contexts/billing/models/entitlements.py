"""Entitlements and their sources."""

from django.db import models


class Entitlement(models.Model):
    """A customer's use of a feature. Its row is locked before its sources change."""

    customer_id = models.UUIDField()
    feature = models.CharField(max_length=20)
    until = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer_id", "feature"], name="billing_entitlement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.feature} of {self.customer_id}"


class EntitlementSource(models.Model):
    """A reason for an entitlement, with its interval."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="sources")
    source = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, help_text="subscription, voucher, gift or goodwill.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entitlement", "source"], name="billing_entitled_once")
        ]

    def __str__(self) -> str:
        return self.source
