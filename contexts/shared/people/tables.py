"""The shapes of the tables; each context has its own, on its own database."""

from django.db import models


class KnownPerson(models.Model):
    """What a context needs to know of a person, and no more."""

    id = models.UUIDField(primary_key=True, editable=False)
    display_name = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # As identity's accounts: the admin's log keeps this text.
        return str(self.id)


class KnownBlock(models.Model):
    """One person does not want to meet another; neither sees the other anywhere."""

    blocker_id = models.UUIDField()
    blocked_id = models.UUIDField(db_index=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["blocker_id", "blocked_id"], name="%(app_label)s_block_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"
