"""Webhooks of payment providers."""

from django.db import models

from contexts.shared.kernel import new_id


class Webhook(models.Model):
    """A provider's webhook, stored before anything acts on it.

    It keeps the ids of the event and its object and no personal data.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=10)
    event_ref = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, help_text="In the provider's own words.")
    about = models.CharField(max_length=12, help_text="checkout, subscription, charge or none.")
    object_ref = models.CharField(max_length=120, blank=True)
    body_sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, help_text="stored, done, ignored or failed.")
    reason = models.CharField(max_length=60, blank=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_ref"], name="billing_webhook_once")
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="billing_webhook_sweep")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_ref}"
