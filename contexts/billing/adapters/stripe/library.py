"""Stripe's own library, an optional dependency."""

from importlib.util import find_spec
from typing import Any


def is_installed() -> bool:
    return find_spec("stripe") is not None


def library() -> Any:
    """Return the library. Raises RuntimeError if it is not installed."""
    try:
        import stripe
    except ImportError:
        raise RuntimeError("Stripe needs the extra `payments`: pip install stripe") from None
    return stripe
