"""Agreements, consents and announced versions. Their rows are final."""

from typing import Any

from django.db import models

from contexts.identity.models.accounts import User
from contexts.shared.kernel import new_id


class FinalRow(models.Model):
    """A row that is written once. Only the end of its retention is set later, by an erasure."""

    class Face(models.TextChoices):
        REST = "rest"
        GRAPHQL = "graphql"
        PAGE = "page"
        CONSOLE = "console"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    face = models.CharField(max_length=7, choices=Face.choices, help_text="Where it was said.")
    version = models.CharField(max_length=10, help_text="Of the text that was shown.")
    language = models.CharField(max_length=35, help_text="Of the text that was shown.")
    keep_until = models.DateTimeField(
        null=True, db_index=True, help_text="Set when the account is erased."
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Raises TypeError if it is stored already."""
        if not self._state.adding:
            raise TypeError("agreements and consents are final")
        super().save(*args, **kwargs)


class Agreement(FinalRow):
    """A person agreed to a version of our terms."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="agreements")
    kind = models.CharField(max_length=7, choices=[("terms", "terms")])
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text that was shown.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "version"], name="identity_agreement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} agreed to {self.kind} {self.version}"


class Consent(FinalRow):
    """A person allowed an optional purpose, or no longer. The highest number counts."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20)
    granted = models.BooleanField()
    number = models.PositiveIntegerField(help_text="Counts a person's answers about a purpose.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "number"], name="identity_consent_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.purpose} {'granted' if self.granted else 'revoked'}"


class Announcement(models.Model):
    """A new version of a legal text that people are told of, in batches."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=7, choices=[("terms", "terms"), ("privacy", "privacy")])
    version = models.CharField(max_length=10)
    started_at = models.DateTimeField()
    last_id = models.UUIDField(null=True, help_text="Everybody up to this id has been mailed.")
    mailed = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="identity_announcement_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
