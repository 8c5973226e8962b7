"""Notifications of members."""

from django.db import models

from contexts.shared.kernel import new_id


class Mailbox(models.Model):
    """The number of a member's latest notification.

    Adding one locks this row until the commit, so numbers become visible in order: a reader that
    has seen 7 has missed none below it.
    """

    member_id = models.UUIDField(unique=True)
    last_number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return f"{self.member_id}: {self.last_number}"


class Notification(models.Model):
    """A notification; `cause` keeps it unique."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recipient_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=30)
    cause = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True, db_index=True)
    subject_id = models.UUIDField(null=True)
    submission_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient_id", "cause"], name="community_notified_once"
            ),
            models.UniqueConstraint(
                fields=["recipient_id", "number"], name="community_notification_order"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient_id", "read_at"], name="community_notification_new")
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"
