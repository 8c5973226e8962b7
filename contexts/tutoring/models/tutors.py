"""Rows behind tutors. Only the repository writes them."""

from django.db import models


class Tutor(models.Model):
    """A tutor or applicant. `availability` is a document of domain/documents."""

    id = models.UUIDField(primary_key=True, editable=False)
    state = models.CharField(max_length=10, help_text="applied, active, paused, left or rejected.")
    languages = models.JSONField(help_text="BCP 47.")
    introduction = models.TextField()
    policy = models.CharField(max_length=40)
    availability = models.JSONField()
    applied_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by_id = models.UUIDField(null=True)
    paused_by = models.CharField(
        max_length=5, blank=True, default="", db_default="", help_text="tutor or staff, if paused."
    )
    pause_reason = models.CharField(
        max_length=10, blank=True, default="", db_default="", help_text="A code of the tutor's."
    )
    paused_until = models.DateTimeField(null=True, help_text="Then bookings are taken again.")

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="tutoring_tutors_by_state")]

    def __str__(self) -> str:
        return str(self.id)


class TutorLanguage(models.Model):
    """The primary subtag of a language that a tutor teaches, for finding tutors."""

    tutor = models.ForeignKey(Tutor, on_delete=models.CASCADE, related_name="taught")
    language = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "tutor"], name="tutoring_taught_once")
        ]

    def __str__(self) -> str:
        return self.language
