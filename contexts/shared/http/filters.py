from datetime import UTC, datetime
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django_filters.fields import IsoDateTimeField


class _InstantField(IsoDateTimeField):
    def to_python(self, value: Any) -> datetime | None:
        try:
            instant = super().to_python(value)
            # Offsets that only Python knows end here, and years that UTC does not have.
            return instant and instant.astimezone(UTC)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class InstantFilter(django_filters.IsoDateTimeFilter):
    """Compares with an instant, ISO 8601."""

    field_class = _InstantField
