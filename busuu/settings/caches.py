"""Turns CACHE_URL into an entry of CACHES."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from busuu.settings.brokers import REDIS_PATIENCE

_REDIS = "django.core.cache.backends.redis.RedisCache"
_TABLE = {
    "BACKEND": "contexts.shared.database.statements.counting.CountingDatabaseCache",
    "LOCATION": "shared_cache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}


def cache(url: str) -> dict[str, Any]:
    """Return the cache of a URL, or a database table if it is empty.

    Raises ImproperlyConfigured.
    """
    if not url:
        return _TABLE
    try:
        config: dict[str, Any] = environ.Env.cache_url_config(url)
    except (ImproperlyConfigured, ValueError) as error:
        raise ImproperlyConfigured(f"CACHE_URL: {error}") from None
    if config["BACKEND"] == _REDIS:
        config["OPTIONS"] = {**REDIS_PATIENCE, **config.get("OPTIONS", {})}
    return config
