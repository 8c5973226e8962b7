"""Arguments are held to the same rules as the bodies and parameters of REST."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django_filters.utils import translate_validation
from rest_framework.serializers import Serializer


def checked(serializer: type[Serializer], *, partial: bool = False, **given: Any) -> dict[str, Any]:
    """Raises DRF's ValidationError."""
    check = serializer(data=given, partial=partial)
    check.is_valid(raise_exception=True)
    data: dict[str, Any] = check.validated_data
    return data


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
