"""Checks of GraphQL arguments, by the rules of REST's bodies and parameters."""

from dataclasses import is_dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django_filters.utils import translate_validation

from contexts.shared.http import serializers
from contexts.shared.http.derived import body_of
from contexts.shared.http.serializers import Serializer


def checked(
    shape: type | type[Serializer], *, partial: bool = False, **arguments: Any
) -> dict[str, Any]:
    """Return the arguments as a request body's dataclass or serializer reads them.

    Raises DRF's ValidationError.
    """
    serializer: Any = body_of(shape) if is_dataclass(shape) else shape
    return serializers.checked(serializer, arguments, partial=partial)


def filtered(
    filter_set: type[django_filters.FilterSet], queryset: QuerySet[Any], **arguments: Any
) -> QuerySet[Any]:
    """Return the rows that match the arguments. Raises DRF's ValidationError."""
    params = {name: value for name, value in arguments.items() if value is not None}
    if not params:
        return queryset
    check = filter_set(params, queryset)
    if not check.is_valid():
        raise translate_validation(check.errors)
    return check.qs
