"""The supported brokers and their transport options for Celery."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

_SCHEMES = ("amqp", "amqps", "redis", "rediss", "memory")
# Without timeouts a silent server would block its callers for ever. Workers poll once a second,
# so the timeout never interrupts them.
REDIS_PATIENCE = {"socket_connect_timeout": 5, "socket_timeout": 5}
_HEALTH_CHECK_SECONDS = 25


def broker_url(url: str) -> str:
    """Return the URL unchanged. Semicolons separate alternatives for failover.

    Raises ImproperlyConfigured if the kind of broker is not supported.
    """
    for one in url.split(";"):
        scheme, separator, _ = one.partition("://")
        if not separator or scheme not in _SCHEMES:
            known = ", ".join(f"{scheme}://…" for scheme in _SCHEMES)
            raise ImproperlyConfigured(f"BROKER_URL must be one of {known}")
    return url


def transport_options(url: str) -> dict[str, Any]:
    if url.startswith("amqp"):
        # Without confirms RabbitMQ loses whole bursts.
        return {"confirm_publish": True}
    if url.startswith("redis"):
        return {**REDIS_PATIENCE, "health_check_interval": _HEALTH_CHECK_SECONDS}
    # By default the in-memory broker polls only once a second.
    return {"polling_interval": 0.02}
