"""Tutors as payees."""

from django.db import models


class Payee(models.Model):
    """The one currency that a tutor is paid in."""

    tutor_id = models.UUIDField(primary_key=True, editable=False)
    currency = models.CharField(max_length=3, help_text="ISO 4217.")

    def __str__(self) -> str:
        return f"{self.tutor_id} in {self.currency}"
