"""Points of members, and writers' decisions about their edits."""

from django.db import models

from contexts.shared.kernel import new_id


class PointsEntry(models.Model):
    """A line of the points ledger, never changed: points, for what, because of what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member_id = models.UUIDField()
    points = models.IntegerField()
    reason = models.CharField(max_length=30)
    cause_id = models.UUIDField()
    quantity = models.PositiveIntegerField(help_text="How many of what the reason names.")
    language = models.CharField(max_length=35)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "points entries"
        constraints = [
            models.UniqueConstraint(
                fields=["member_id", "reason", "cause_id"], name="community_points_once"
            )
        ]
        indexes = [models.Index(fields=["member_id", "created_at"], name="community_points_of")]

    def __str__(self) -> str:
        return f"{self.points} for {self.reason}"


class Standing(models.Model):
    """Writers' decisions about a member's edits in a language (primary subtag)."""

    member_id = models.UUIDField()
    language = models.CharField(max_length=8)
    accepted = models.PositiveIntegerField(default=0)
    disputed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member_id", "language"], name="community_standing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.language}"
