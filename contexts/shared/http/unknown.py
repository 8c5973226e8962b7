"""Fields and parameters that an operation does not have. They are refused, never ignored."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError

# A client's names are shown to it, but not without end.
_MOST, _LONGEST = 20, 100


class UnknownField(ValidationError):
    """A body or a variable has a field that the operation does not have."""

    status_code = 422
    default_code = "unknown_field"


class UnknownParameter(ParseError):
    """The address has a parameter that the operation does not have."""

    default_code = "unknown_parameter"

    def __init__(self, names: Iterable[str]) -> None:
        short = [_short(name) for name in names]
        super().__init__(gettext("Unknown parameter: {names}.").format(names=", ".join(short)))
        self.errors = [
            {"pointer": f"/{escaped(name)}", "code": self.default_code, "detail": str(self.detail)}
            for name in short
        ]


def unknown_fields(data: Mapping[Any, Any], known: Collection[str]) -> dict[str, Any]:
    """Return an error for each key that is not known, in DRF's shape."""
    names = [name for name in data if name not in known]
    return {_short(name): [_error(name)] for name in names[:_MOST]}


def refuse_parameters(params: Iterable[str], known: Collection[str]) -> None:
    """Raises UnknownParameter."""
    unknown = [name for name in params if name not in known]
    if unknown:
        raise UnknownParameter(unknown[:_MOST])


def escaped(name: object) -> str:
    """Return a step of a JSON pointer (RFC 6901, section 3)."""
    return str(name).replace("~", "~0").replace("/", "~1")


def names_of(errors: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the names of the unknown fields among the errors of a problem."""
    return [
        error["pointer"].lstrip("/")
        for error in errors
        if error["code"] == UnknownField.default_code
    ]


def _error(name: str) -> ErrorDetail:
    text = gettext("There is no field {name} here.").format(name=_short(name))
    return ErrorDetail(text, code=UnknownField.default_code)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
