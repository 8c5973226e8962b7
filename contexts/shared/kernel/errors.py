from enum import StrEnum
from typing import ClassVar


class ErrorKind(StrEnum):
    """The kind of an error. The HTTP layer maps it to a status."""

    UNAUTHENTICATED = "unauthenticated"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    INVALID = "invalid"
    UNAVAILABLE = "unavailable"


class DomainError(Exception):
    """A rule refused the request. Subclasses name the rule.

    `code` is stable and part of the public interface. `params` fill the translated message and
    are sent to the caller, so they must hold no secrets.
    """

    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    code: ClassVar[str] = "invalid"
    message: ClassVar[str] = "The request breaks a rule."

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.message.format(**params) if params else self.message)


class Unauthenticated(DomainError):
    kind = ErrorKind.UNAUTHENTICATED
    code = "unauthenticated"
    message = "You are not signed in. Sign in and try again."


class NotFound(DomainError):
    kind = ErrorKind.NOT_FOUND
    code = "not_found"
    message = "Not found."


class Forbidden(DomainError):
    kind = ErrorKind.FORBIDDEN
    code = "forbidden"
    message = "You do not have permission to do this."


class Conflict(DomainError):
    kind = ErrorKind.CONFLICT
    code = "conflict"
    message = "This cannot be done in the current state. Reload and try again."


class Invalid(DomainError):
    kind = ErrorKind.INVALID
    code = "invalid"
    message = "The request breaks a rule."
