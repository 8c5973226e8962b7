"""Windows of time that slots are asked for."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from contexts.shared.http import serializers
from contexts.shared.kernel import now

_WEEK = timedelta(days=7)
_LONGEST = timedelta(days=31)
_LAST = datetime.max.replace(tzinfo=UTC)


class WindowSerializer(serializers.Serializer):
    """A week from now by default; 31 days at most."""

    # `from` is a keyword of Python.
    locals()["from"] = serializers.DateTimeField(required=False)
    to = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            return {}
        since = attrs.get("from", now())
        try:
            until = attrs.get("to", since + _WEEK)
        except OverflowError:
            raise serializers.ValidationError(
                gettext("No window can start this late. Choose an earlier start.")
            ) from None
        if not since < until <= since + min(_LONGEST, _LAST - since):
            raise serializers.ValidationError(
                gettext("A window must end after it starts and have at most 31 days.")
            )
        return {"since": since, "until": until}
