from datetime import UTC, datetime
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django_filters.fields import IsoDateTimeField

from contexts.shared.http.instants import is_instant


class _InstantField(IsoDateTimeField):
    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, str) and value and not is_instant(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            instant = super().to_python(value)
            # Convert to UTC: engines know fewer offsets than Python. Some years overflow.
            return instant and instant.astimezone(UTC)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class InstantFilter(django_filters.IsoDateTimeFilter):
    """A filter by an RFC 3339 instant."""

    field_class = _InstantField
