from typing import Any, ClassVar

from django.db import models

from contexts.shared.kernel import new_id


class AuditEntry(models.Model):
    """One act. Append-only: the database refuses changes. It holds ids and codes, no names."""

    class Outcome(models.TextChoices):
        DONE = "done"
        REFUSED = "refused"
        FAILED = "failed"

    triggers: ClassVar[dict[str, tuple[str, ...]]] = {
        "sqlite": ("audit_auditentry_no_update",),
        "postgresql": ("audit_auditentry_final",),
        "mysql": ("audit_auditentry_no_update", "audit_auditentry_no_delete"),
    }

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(db_index=True)
    actor_id = models.UUIDField(
        null=True, db_index=True, help_text="Who; empty for the console and for strangers."
    )
    source = models.CharField(max_length=20, help_text="The door: admin, api, pages or console.")
    action = models.CharField(max_length=100, db_index=True)
    subject = models.CharField(max_length=120, db_index=True, help_text="Whom or what it changed.")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the entry. Raises TypeError if it is in the log already."""
        if not self._state.adding:
            raise TypeError("the audit log is final")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the audit log is final")
