"""Learners, as events describe them."""

from django.db import models

from contexts.shared.people.tables import KnownPerson


class Learner(KnownPerson):
    """A learner and the end of their Premium. The highest revision counts."""

    time_zone = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="IANA name, if known."
    )
    premium_until = models.DateTimeField(null=True)
    premium_revision = models.PositiveIntegerField(default=0)
