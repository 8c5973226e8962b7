from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.core import signing
from django.db import models
from django.utils.crypto import salted_hmac

from contexts.shared.kernel import Level, address_key, new_id, now

LEVELS = [(level.value, level.value) for level in Level]


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email_key=address_key(username or ""))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip(), email_key=address_key(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.create_user(
            email, password, is_staff=True, is_superuser=True, verified_at=now(), **fields
        )
        # The flags are derived from the roles whenever one changes.
        user.groups.add(Group.objects.using(self._db).get(name="admin"))
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person's account and profile."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254, unique=True, editable=False)
    display_name = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2.")
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name.")
    interface_language = models.CharField(max_length=35, default="en", help_text="BCP 47.")
    verified_at = models.DateTimeField(null=True, blank=True)
    registered_again = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Registered more than once before the address was verified.",
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    is_active = models.BooleanField(default=True)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_because = models.CharField(
        max_length=20, blank=True, default="", db_default="", editable=False
    )
    is_staff = models.BooleanField(default=False, help_text="May open the admin.")
    access_version = models.PositiveIntegerField(
        default=0, editable=False, help_text="Access tokens of an earlier version are refused."
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        # The admin's log keeps this text, also after an erasure.
        return str(self.id)

    def get_session_auth_hash(self) -> str:
        # Page sessions end with their row of Session, and a new hash of the same password, made
        # at sign-in, must end none.
        return self._page_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._page_hash, settings.SECRET_KEY_FALLBACKS)

    def _page_hash(self, secret: str | bytes) -> str:
        mac = salted_hmac("contexts.identity.page", str(self.pk), secret=secret, algorithm="sha256")
        return mac.hexdigest()

    def clean(self) -> None:
        super().clean()
        self.email_key = address_key(self.email)


class SpokenLanguage(models.Model):
    """A language that a person speaks natively or studies."""

    class Relation(models.TextChoices):
        NATIVE = "native"
        STUDIED = "studied"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=35, help_text="BCP 47.")
    relation = models.CharField(max_length=7, choices=Relation.choices)
    level = models.CharField(max_length=2, choices=LEVELS, blank=True, help_text="If studied.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "language"], name="identity_language_once")
        ]
        indexes = [models.Index(fields=["language", "relation"], name="identity_speakers")]

    def __str__(self) -> str:
        return f"{self.language} ({self.relation})"


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


class Follow(models.Model):
    """One person follows another."""

    follower = models.ForeignKey(User, on_delete=models.CASCADE, related_name="following")
    followed = models.ForeignKey(User, on_delete=models.CASCADE, related_name="followers")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="identity_follow_once")
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.followed_id}"


class Block(models.Model):
    """One person blocks another; neither sees the other anywhere."""

    blocker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="identity_block_once")
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"


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
