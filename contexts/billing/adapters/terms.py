"""Our terms, read from the shipped files once."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from contexts.billing.domain.commission import Commission, in_force

CATALOG = Path(__file__).resolve().parents[1] / "catalog"


class ShippedTerms:
    def commission(self, *, now: datetime) -> Commission:
        return in_force(_commissions(), now=now)


@cache
def _commissions() -> tuple[Commission, ...]:
    return tuple(Commission(**one) for one in read("terms")["commissions"])


def read(name: str) -> dict[str, Any]:
    """A file of the catalog."""
    return tomllib.loads((CATALOG / f"{name}.toml").read_text(encoding="utf-8"))
