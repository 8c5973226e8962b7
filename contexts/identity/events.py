"""Events of identity. Names and addresses are read from its api."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contexts.shared.kernel import Event


@dataclass(frozen=True, kw_only=True)
class UserRegistered(Event):
    """An account was created; its address is not verified yet."""

    name: ClassVar[str] = "identity.user_registered.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class UserVerified(Event):
    """The account's address was shown to be its owner's."""

    name: ClassVar[str] = "identity.user_verified.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """Names, languages or places of a person changed; ask the api for what they are now."""

    name: ClassVar[str] = "identity.profile_changed.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    """A role was given to a person or taken from them."""

    name: ClassVar[str] = "identity.role_changed.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID
    role: str
    granted: bool


@dataclass(frozen=True, kw_only=True)
class RegistrationRepeated(Event):
    """A registration used the address of an existing account; its owner gets a mail."""

    name: ClassVar[str] = "identity.registration_repeated.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class PasswordResetRequested(Event):
    """Somebody asked for a new password; only the account's address gets the link."""

    name: ClassVar[str] = "identity.password_reset_requested.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """The owner set a new password; their other sessions have ended."""

    name: ClassVar[str] = "identity.password_changed.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class AddressChanged(Event):
    """The account has another address, which its owner has verified; all sessions have ended."""

    name: ClassVar[str] = "identity.address_changed.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountEnded(Event):
    """An account was closed: nobody signs in to it, and its tokens are refused."""

    name: ClassVar[str] = "identity.account_ended.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountSuspended(Event):
    """Nobody signs in to the account until it is restored. `reason` is a code of moderation."""

    name: ClassVar[str] = "identity.account_suspended.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class AccountRestored(Event):
    """The suspension was lifted."""

    name: ClassVar[str] = "identity.account_restored.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonFollowed(Event):
    name: ClassVar[str] = "identity.person_followed.v1"
    subject: ClassVar[str] = "follower_id"

    follower_id: UUID
    followed_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonUnfollowed(Event):
    name: ClassVar[str] = "identity.person_unfollowed.v1"
    subject: ClassVar[str] = "follower_id"

    follower_id: UUID
    followed_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonBlocked(Event):
    """From now on the two see nothing of each other, anywhere."""

    name: ClassVar[str] = "identity.person_blocked.v1"
    subject: ClassVar[str] = "blocker_id"

    blocker_id: UUID
    blocked_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonUnblocked(Event):
    name: ClassVar[str] = "identity.person_unblocked.v1"
    subject: ClassVar[str] = "blocker_id"

    blocker_id: UUID
    blocked_id: UUID


@dataclass(frozen=True, kw_only=True)
class DataExportRequested(Event):
    """A person asked for their own data."""

    name: ClassVar[str] = "identity.data_export_requested.v1"
    subject: ClassVar[str] = "user_id"

    export_id: UUID
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentChanged(Event):
    """A person allowed an optional purpose, or no longer. Of two, the higher number counts."""

    name: ClassVar[str] = "identity.consent_changed.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID
    purpose: str
    granted: bool
    version: str
    number: int


@dataclass(frozen=True, kw_only=True)
class ErasureRequested(Event):
    """A person asked to be forgotten; until `due_at` they may think again."""

    name: ClassVar[str] = "identity.erasure_requested.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ErasureWithdrawn(Event):
    """The person stays."""

    name: ClassVar[str] = "identity.erasure_withdrawn.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class ErasureDue(Event):
    """The grace is over: every context erases its part now, and says so by its PersonErased."""

    name: ClassVar[str] = "identity.erasure_due.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class ErasureCompleted(Event):
    """Every context has confirmed."""

    name: ClassVar[str] = "identity.erasure_completed.v1"
    subject: ClassVar[str] = "user_id"

    user_id: UUID
