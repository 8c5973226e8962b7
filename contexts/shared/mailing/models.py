from django.db import models

from contexts.shared.kernel import new_id


class Mail(models.Model):
    """A mail to a person. It holds no rendered text: that is made when it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        REFUSED = "refused"
        GIVEN_UP = "given_up"
        NOT_NEEDED = "not_needed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=150, unique=True, help_text="One mail for one cause.")
    context = models.CharField(max_length=20)
    template = models.CharField(max_length=60)
    variant = models.CharField(
        max_length=32, blank=True, help_text="Mails of other variants do not count as repeated."
    )
    person_id = models.UUIDField(db_index=True)
    address = models.CharField(
        max_length=254, blank=True, help_text="Empty: the person's address at the time of sending."
    )
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    posted_at = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField(help_text="When it is sent, or tried again.")
    until = models.DateTimeField(null=True, help_text="After this it is of no use.")
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="mailing_mail_due")]

    def __str__(self) -> str:
        return f"{self.context}/{self.template} to {self.person_id}"
