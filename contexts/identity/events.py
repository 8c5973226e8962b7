"""What identity tells the others. Names, addresses and birth dates are asked of its api."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from contexts.shared.kernel import Event


@dataclass(frozen=True, kw_only=True)
class UserRegistered(Event):
    """An account was made; nobody has shown yet that the address is theirs."""

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
