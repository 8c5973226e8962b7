"""Checks that refuse stream settings under which nothing would be published."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from contexts.shared.messaging.stream.configured import NotConfigured, broker_options


@register()
def stream_settings(**kwargs: Any) -> list[CheckMessage]:
    """Refuse unknown contexts in STREAM_CONTEXTS and a wrong KAFKA_URL."""
    errors: list[CheckMessage] = []
    unknown = sorted(set(settings.STREAM["CONTEXTS"]) - set(settings.CONTEXT_DATABASES))
    if unknown:
        names = ", ".join(unknown)
        errors.append(Error(f"STREAM_CONTEXTS names no context: {names}", id="busuu.E020"))
    if settings.STREAM["BROKERS"]:
        try:
            broker_options(settings.STREAM["BROKERS"])
        except NotConfigured as error:
            errors.append(Error(str(error), id="busuu.E021"))
    return errors
