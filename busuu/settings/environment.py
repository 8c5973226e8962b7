"""Reads the environment. An error is one line that names the variable."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


class Environment(environ.Env):  # type: ignore[misc]
    """Raises ImproperlyConfigured where its base raises ValueError."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get_value(var, *args, **kwargs)
        except ValueError as error:
            raise ImproperlyConfigured(f"{var}: {error}") from None

    def at_least(self, name: str, least: int, *, default: int) -> int:
        """Return a whole number. Raises ImproperlyConfigured if it is below `least`."""
        number: int = self.int(name, default=default)
        if number < least:
            raise ImproperlyConfigured(f"{name} must be {least} or more")
        return number

    def json_object(self, name: str) -> dict[str, Any]:
        """Return a JSON object, empty if the variable is not set. Raises ImproperlyConfigured."""
        found = self.json(name, default={})
        if not isinstance(found, dict):
            raise ImproperlyConfigured(f"{name} must be a JSON object")
        return found
