"""Arguments are checked by the rules of REST's bodies and parameters."""

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
    filter_set: type[django_filters.FilterSet], queryset: QuerySet[Any], **given: Any
) -> QuerySet[Any]:
    """Raises DRF's ValidationError."""
    asked = {name: value for name, value in given.items() if value is not None}
    if not asked:
        return queryset
    check = filter_set(asked, queryset)
    if not check.is_valid():
        raise translate_validation(check.errors)
    return check.qs
