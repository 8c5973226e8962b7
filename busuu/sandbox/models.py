from datetime import datetime

from django.db import models

from contexts.shared.kernel import new_id


class Session(models.Model):
    """A payment page. `reference` is the shop's id of the purchase, `page` counts its pages.

    A page is open until the buyer gives a card, then authorized until the shop charges or
    releases it.
    """

    id = models.CharField(primary_key=True, max_length=60)
    reference = models.CharField(max_length=60)
    customer_ref = models.CharField(max_length=60)
    description = models.CharField(max_length=200)
    minor = models.BigIntegerField()
    renewal_minor = models.BigIntegerField(default=0)
    first_minor = models.BigIntegerField(
        null=True, help_text="The first payment after a trial, if it differs from the renewals."
    )
    currency = models.CharField(max_length=3)
    months = models.PositiveSmallIntegerField(default=0)
    trial_days = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10)
    page = models.PositiveSmallIntegerField(default=1, db_default=1)
    country = models.CharField(
        max_length=2, blank=True, db_default="", help_text="The shop quoted for it."
    )
    card = models.CharField(max_length=16, blank=True, db_default="")
    card_country = models.CharField(max_length=2, blank=True, db_default="")
    billing_country = models.CharField(max_length=2, blank=True, db_default="")
    hold = models.BooleanField(
        default=False, db_default=False, help_text="Webhooks are kept back, also later ones."
    )
    authorized_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "page"], name="billing_sandbox_page")
        ]

    def __str__(self) -> str:
        return self.id

    def status_at(self, now: datetime) -> str:
        """Return `open`, `authorized`, `paid` or `expired`."""
        waits = self.status in {"open", "authorized"}
        return "expired" if waits and self.expires_at <= now else self.status


class Subscription(models.Model):
    id = models.CharField(primary_key=True, max_length=60)
    session = models.OneToOneField(Session, on_delete=models.CASCADE)
    status = models.CharField(max_length=10)
    card = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    periods = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    cancel_at_end = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.id


class Charge(models.Model):
    id = models.CharField(primary_key=True, max_length=60)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="charges")
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, help_text="succeeded, failed or disputed.")
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    dispute_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.id


class Event(models.Model):
    """A webhook. `sent` counts how often it was sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    sent = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_ref}"
