"""The caller of a request."""

from dataclasses import dataclass
from uuid import UUID

from contexts.shared.http.errors import NotSignedIn


@dataclass(frozen=True, slots=True)
class Actor:
    """The caller. `id` is None if not signed in; `roles` are the names of identity's groups.

    `withheld` are roles that count once the person has proven a second factor.
    """

    id: UUID | None
    roles: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    active: bool = False
    session_id: UUID | None = None

    @property
    def is_authenticated(self) -> bool:
        """Whether the caller is signed in and active. DRF's permissions read it."""
        return self.id is not None and self.active

    @property
    def pk(self) -> UUID | None:
        """The caller's id. DRF's throttles read it."""
        return self.id

    @property
    def known_id(self) -> UUID:
        """The id of a caller who must be signed in. Raises NotSignedIn."""
        if self.id is None:
            raise NotSignedIn
        return self.id

    def has_role(self, *roles: str) -> bool:
        """Whether the caller holds at least one of the roles."""
        return self.active and not self.roles.isdisjoint(roles)


_ANONYMOUS = Actor(id=None)


def anonymous() -> Actor:
    return _ANONYMOUS
