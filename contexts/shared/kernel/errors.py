from enum import StrEnum
from typing import ClassVar


class ErrorKind(StrEnum):
    """What a caller can do about an error; the HTTP layer maps it to a status."""

    UNAUTHENTICATED = "unauthenticated"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    INVALID = "invalid"


class DomainError(Exception):
    """A rule said no. Subclasses name the rule.

    `code` is stable and part of the public interface; `params` fill the translated
    message and are given to the caller as they are, so they hold no secrets.
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
    message = "We do not know who you are."


class NotFound(DomainError):
    kind = ErrorKind.NOT_FOUND
    code = "not_found"
    message = "There is no such thing, or it is not yours to see."


class Forbidden(DomainError):
    kind = ErrorKind.FORBIDDEN
    code = "forbidden"
    message = "You may not do this."


class Conflict(DomainError):
    kind = ErrorKind.CONFLICT
    code = "conflict"
    message = "The state of things does not allow this now."


class Invalid(DomainError):
    kind = ErrorKind.INVALID
    code = "invalid"
    message = "The request breaks a rule."
