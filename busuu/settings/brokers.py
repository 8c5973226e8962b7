"""Which brokers there may be, and what Celery's transport is told of each."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

_SCHEMES = ("amqp", "amqps", "redis", "rediss", "memory")
# A server that takes connections and says nothing would hold its callers for ever. A worker's own
# wait for work is asked for anew each second, and so is far from being cut off.
REDIS_PATIENCE = {"socket_connect_timeout": 5, "socket_timeout": 5}
_HEALTH_CHECK_SECONDS = 25


def broker_url(url: str) -> str:
    """The URL as it came; several, one for when the other is away, are parted by semicolons.

    Raises ImproperlyConfigured for a kind of broker that is not ours.
    """
    for one in url.split(";"):
        scheme, separator, _ = one.partition("://")
        if not separator or scheme not in _SCHEMES:
            known = ", ".join(f"{scheme}://…" for scheme in _SCHEMES)
            raise ImproperlyConfigured(f"BROKER_URL must be one of {known}")
    return url


def transport_options(url: str) -> dict[str, Any]:
    if url.startswith("amqp"):
        # RabbitMQ loses whole bursts without confirms.
        return {"confirm_publish": True}
    if url.startswith("redis"):
        return {**REDIS_PATIENCE, "health_check_interval": _HEALTH_CHECK_SECONDS}
    # The in-memory broker polls once a second.
    return {"polling_interval": 0.02}
