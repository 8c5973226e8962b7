"""Deferred revenue."""

from django.db import models


class UnearnedRevenue(models.Model):
    """Net minor units of a payment for a period that is not over. Earning deletes the row."""

    cause = models.CharField(primary_key=True, max_length=160)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    earned_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cause
