"""Whom tutoring knows, and the addresses of their calendars."""

from typing import Any

from django.db import models
from django.db.models import Exists, Q

from contexts.shared.people.tables import KnownBlock, KnownPerson


class Person(KnownPerson):
    """A learner or tutor as identity has them; the row is also the lock of their diary."""

    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name.")

    class Meta(KnownPerson.Meta):
        verbose_name_plural = "people"


class Block(KnownBlock):
    class Meta(KnownBlock.Meta):
        pass


def kept_apart(one: Any, other: Any) -> Exists:
    """Whether either of two blocks the other; ids, or references to columns of the row."""
    blocks = Q(blocker_id=one, blocked_id=other) | Q(blocker_id=other, blocked_id=one)
    return Exists(Block.objects.filter(blocks))


class CalendarFeed(models.Model):
    """Where a person's calendar may be read. Of the secret only its SHA-256 is kept."""

    person_id = models.UUIDField(unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    rotated_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)
