"""A payment provider that cannot be reached."""

from typing import Any

from contexts.billing.api import PaymentsUnavailable


class Away:
    """Every call to it fails."""

    name = "sandbox"

    def __getattr__(self, name: str) -> Any:
        raise PaymentsUnavailable
