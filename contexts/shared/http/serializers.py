"""DRF's serializers and fields, limited to the JSON types that the OpenAPI file names.

DRF reads 5 as a text, "5" or true as a number and "yes" as true. These fields refuse them. They
accept a UUID only in its canonical form (RFC 9562, section 4).
"""

import re
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.serializers import (
    DictField,
    Field,
    FloatField,
    ListField,
    ValidationError,
)

from contexts.shared.http.instants import is_date, is_instant
from contexts.shared.http.unknown import unknown_fields

_CANONICAL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


# DRF translates its own message into every language.
_NOT_A_TEXT = serializers.CharField.default_error_messages["invalid"]


class _OfText:
    """A field whose JSON is a string."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            raise ValidationError(_NOT_A_TEXT, code="invalid")
        return super().to_internal_value(data)  # type: ignore[misc]


class DateField(serializers.DateField):
    def to_internal_value(self, value: Any) -> Any:
        if isinstance(value, str) and not is_date(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class DateTimeField(serializers.DateTimeField):
    def to_internal_value(self, value: Any) -> Any:
        if isinstance(value, str) and not is_instant(value):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ss[.uuuuuu](Z|+hh:mm|-hh:mm)")
        return super().to_internal_value(value)


class CharField(_OfText, serializers.CharField): ...


class ChoiceField(_OfText, serializers.ChoiceField): ...


class EmailField(_OfText, serializers.EmailField): ...


class RegexField(_OfText, serializers.RegexField): ...


class SlugField(_OfText, serializers.SlugField): ...


class UUIDField(serializers.UUIDField):
    def to_internal_value(self, data: Any) -> Any:
        # An argument of GraphQL is a UUID already.
        if isinstance(data, UUID):
            return data
        if not isinstance(data, str) or _CANONICAL.fullmatch(data) is None:
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


# Without a docstring, which the OpenAPI file would show for every body.
class Serializer(serializers.Serializer):
    def to_internal_value(self, data: Any) -> Any:
        unknown = unknown_fields(data, self.fields.fields) if isinstance(data, dict) else {}
        if not unknown:
            return super().to_internal_value(data)
        try:
            super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError({**error.detail, **unknown}) from None  # type: ignore[dict-item]
        raise ValidationError(unknown)


class IntegerField(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> Any:
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class BooleanField(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


def checked(serializer: type[Serializer], data: Any, *, partial: bool = False) -> dict[str, Any]:
    """Return the data as the serializer reads it. Raises ValidationError."""
    reader = serializer(data=data, partial=partial)
    reader.is_valid(raise_exception=True)
    values: dict[str, Any] = reader.validated_data
    return values
