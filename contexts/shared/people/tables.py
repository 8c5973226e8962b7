"""Abstract models of the tables of people. Each context has its own, on its own database."""

from django.db import models


class KnownPerson(models.Model):
    """A person as a context knows them: the id and the name."""

    id = models.UUIDField(primary_key=True, editable=False)
    display_name = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # No name here: the admin's log stores this text.
        return str(self.id)


class KnownBlock(models.Model):
    """A block between two people. Neither can find, see or book the other."""

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
