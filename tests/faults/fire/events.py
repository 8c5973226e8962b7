from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from contexts.shared.kernel import Event


@dataclass(frozen=True, kw_only=True)
class Lit(Event):
    """`poisons` is the context whose subscriber fails on it. Empty for none."""

    name: ClassVar[str] = "fire.lit.v1"
    subject: ClassVar[str] = "spark"

    spark: UUID
    poisons: str = ""
