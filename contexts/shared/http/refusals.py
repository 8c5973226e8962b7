"""The errors of an operation, declared at its view method and shown in the OpenAPI file."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from rest_framework.exceptions import APIException

from contexts.shared.http.problems import status_of
from contexts.shared.kernel import DomainError

F = TypeVar("F", bound=Callable[..., object])
Refusal = type[DomainError] | type[APIException]


def refuses(*errors: Refusal) -> Callable[[F], F]:
    """Return a decorator that declares the errors of a view method's use case."""

    def mark(method: F) -> F:
        method.__dict__["refuses"] = (*getattr(method, "refuses", ()), *errors)
        return method

    return mark


def refusals_of(method: object) -> tuple[Refusal, ...]:
    errors: tuple[Refusal, ...] = getattr(method, "refuses", ())
    return errors


def codes_by_status(errors: Iterable[Refusal]) -> Mapping[int, list[str]]:
    """Return the codes of the errors by HTTP status, without duplicates, in their order."""
    codes: dict[int, dict[str, None]] = defaultdict(dict)
    for error in errors:
        if issubclass(error, APIException):
            codes[error.status_code][error.default_code] = None
        else:
            codes[status_of(error)][error.code] = None
    return {status: list(named) for status, named in codes.items()}
