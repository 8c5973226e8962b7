from django.db import models


class IdempotencyKey(models.Model):
    """A claimed key and the result of its command. Stays at least 24 hours."""

    owner = models.CharField(max_length=64)
    key = models.CharField(max_length=191, help_text="SHA-256 of owner and key.")
    fingerprint = models.CharField(max_length=64)
    done = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="database_idempotency_key_unique")
        ]

    def __str__(self) -> str:
        return f"{self.owner}:{self.key}"
