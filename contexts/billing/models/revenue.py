"""Money that is paid for a time that is not over."""

from django.db import models


class UnearnedRevenue(models.Model):
    """Net minor units of a payment, ours when what they pay for is over; the row goes then."""

    cause = models.CharField(primary_key=True, max_length=160)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    earned_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cause
