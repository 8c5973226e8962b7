"""Tickets that open streams."""

from django.db import models


class StreamTicket(models.Model):
    """Opens one stream, once; the address of a stream ends up in logs, a token must not."""

    ticket_hash = models.CharField(primary_key=True, max_length=64, help_text="SHA-256.")
    member_id = models.UUIDField()
    session_id = models.UUIDField(null=True, help_text="Identity's session that asked for it.")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"ticket of {self.member_id}"
