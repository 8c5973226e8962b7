from django.db import models


class PriceCountry(models.Model):
    """The country that a customer's prices follow, and why."""

    customer_id = models.UUIDField(primary_key=True)
    country = models.CharField(max_length=2, blank=True)
    profile = models.CharField(
        max_length=2, blank=True, help_text="The profile's country that prices followed last."
    )
    changes = models.JSONField(default=list, help_text="When prices followed the profile alone.")
    proven = models.JSONField(default=dict, help_text="When a card proved a country.")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.country}"
