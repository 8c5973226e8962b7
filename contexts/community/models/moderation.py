"""Reports of members, and cases that moderators decide."""

from django.db import models

from contexts.shared.kernel import new_id


class Case(models.Model):
    """Everything reported of one thing, and the decision. `about_id` is whose doing it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, help_text="submission, correction or member.")
    subject_id = models.UUIDField()
    about_id = models.UUIDField(null=True, db_index=True)
    submission_id = models.UUIDField(null=True, db_index=True)
    reports_count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=7, default="open", help_text="open, kept or removed.")
    opened_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="community_case_once")
        ]
        indexes = [models.Index(fields=["state", "opened_at"], name="community_case_queue")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Report(models.Model):
    """A member's report, with what they saw; `reporter_id` is null once they are forgotten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    reporter_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=20)
    comment = models.TextField(blank=True)
    evidence = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter_id"], name="community_report_once")
        ]
        indexes = [models.Index(fields=["reporter_id", "created_at"], name="community_report_by")]

    def __str__(self) -> str:
        return str(self.id)
