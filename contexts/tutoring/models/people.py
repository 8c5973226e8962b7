"""People, blocks, and the addresses of calendars."""

from typing import Any

from django.db import models
from django.db.models import Exists, Q

from contexts.shared.people.tables import KnownBlock, KnownPerson


class Person(KnownPerson):
    """A learner or tutor, copied from identity; the row is also the lock of their diary."""

    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name.")
    interface_language = models.CharField(max_length=35, default="en", db_default="en")

    class Meta(KnownPerson.Meta):
        verbose_name_plural = "people"


class Block(KnownBlock):
    class Meta(KnownBlock.Meta):
        pass


def kept_apart(one: Any, other: Any) -> Exists:
    """Whether either of two blocks the other; takes ids or references to columns."""
    blocks = Q(blocker_id=one, blocked_id=other) | Q(blocker_id=other, blocked_id=one)
    return Exists(Block.objects.filter(blocks))


class CalendarFeed(models.Model):
    """A calendar feed. Only the SHA-256 of its secret is stored."""

    person_id = models.UUIDField(unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    rotated_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)
