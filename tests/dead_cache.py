from typing import Any

from django.core.cache.backends.base import BaseCache


class DeadCache(BaseCache):
    """A cache whose server does not answer."""

    def __init__(self, location: str, parameters: dict[str, Any]) -> None:
        super().__init__(parameters)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("the cache server does not answer")

    add = set = get
