"""Requests to be erased."""

from django.db import models

from contexts.identity.models.accounts import User


class Erasure(models.Model):
    """A request to be erased, until every context has confirmed its part."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    requested_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    started_at = models.DateTimeField(null=True)
    confirmed_by = models.JSONField(default=list, help_text="The contexts that have erased.")
    completed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"erasure of {self.user_id}"
