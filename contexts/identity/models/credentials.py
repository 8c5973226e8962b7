"""Sessions, links and archives of an account."""

from django.core import signing
from django.db import models

from contexts.identity.models.accounts import User
from contexts.shared.kernel import new_id


class Session(models.Model):
    """A sign-in on one device: a family of refresh tokens, or the session of a browser's pages."""

    class Kind(models.TextChoices):
        APP = "app"
        PAGES = "pages"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(
        max_length=5, choices=Kind.choices, default=Kind.APP, db_default=Kind.APP
    )
    refresh_hash = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the newest token."
    )
    previous_hash = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="Of the token before it."
    )
    created_at = models.DateTimeField()
    refreshed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)
    user_agent = models.CharField(max_length=200, blank=True)
    proven_at = models.DateTimeField(
        null=True, blank=True, help_text="When the person proved a second factor in it."
    )

    def __str__(self) -> str:
        return str(self.id)


class AddressChange(models.Model):
    """A wish for another address. It counts when the mail to the new address was opened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes")
    old_email = models.EmailField(max_length=254)
    new_email = models.EmailField(max_length=254)
    requested_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class StaffEnrollment(models.Model):
    """A link with which a member of the staff sets a password and a second factor, once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_enrollments")
    requested_by = models.UUIDField(null=True, help_text="An admin; empty for the console.")
    requested_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class DataExport(models.Model):
    """A person's own data as a ZIP of JSON, until `expires_at`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports")
    requested_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)
    archive = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def token(self) -> str:
        """The secret part of the archive's address."""
        return signing.dumps(str(self.pk), salt="contexts.identity.export")
