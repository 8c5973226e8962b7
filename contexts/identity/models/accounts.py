"""Accounts, their profiles and the languages that people speak."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
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
