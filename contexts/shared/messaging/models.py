from django.db import models

from contexts.shared.kernel import new_id


class StoredEvent(models.Model):
    """A published event. Append-only; docs/operations.md states its retention."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    subject = models.CharField(max_length=64)
    occurred_at = models.DateTimeField()
    data = models.JSONField()
    trace = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "event"
        indexes = [
            models.Index(fields=["subject", "id"], name="messaging_event_subject"),
            models.Index(fields=["name", "id"], name="messaging_event_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"


class Delivery(models.Model):
    """An event on its way to one subscriber. The subscriber's commit deletes the row."""

    class State(models.TextChoices):
        OPEN = "open"
        DEAD = "dead"

    event = models.ForeignKey(
        StoredEvent, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    subscriber = models.CharField(max_length=100)
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    due_at = models.DateTimeField(help_text="When it is sent, or sent again.")
    created_at = models.DateTimeField()
    sends = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="messaging_delivery_once")
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="messaging_delivery_due")]

    def __str__(self) -> str:
        return f"{self.subscriber} <- {self.event_id}"


class StreamDelivery(models.Model):
    """An event on its way to the public stream. The broker's confirmation deletes the row.

    If one is dead or held, later ones of the same context and subject wait for it.
    """

    State = Delivery.State

    event = models.ForeignKey(
        StoredEvent, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    context = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    held_until = models.DateTimeField(null=True, help_text="Not sent before; empty: at once.")
    created_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "stream deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event"], name="messaging_streamdelivery_once")
        ]
        indexes = [models.Index(fields=["state", "held_until"], name="messaging_stream_held")]

    def __str__(self) -> str:
        return f"stream <- {self.event_id}"


class Lease(models.Model):
    """Work that one process may do until it gives up the lease or stops renewing it."""

    name = models.CharField(max_length=50, primary_key=True)
    holder = models.UUIDField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} until {self.until}"


class InboxEntry(models.Model):
    """A subscriber's note that it has handled an event, written in the work's transaction."""

    event_id = models.UUIDField()
    subscriber = models.CharField(max_length=100)
    handled_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "inbox entries"
        constraints = [
            models.UniqueConstraint(fields=["event_id", "subscriber"], name="messaging_inbox_once")
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} handled {self.event_id}"
