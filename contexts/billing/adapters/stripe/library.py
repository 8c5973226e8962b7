"""Stripe's own library, which not everybody has."""

from importlib.util import find_spec
from typing import Any


def is_installed() -> bool:
    return find_spec("stripe") is not None


def library() -> Any:
    """Raises RuntimeError with what to install."""
    try:
        import stripe
    except ImportError:
        raise RuntimeError("Stripe needs the extra `payments`: pip install stripe") from None
    return stripe
