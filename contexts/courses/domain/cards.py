"""A correction that a learner accepted, as something to remember."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contexts.shared.kernel import Invalid

_PREFIX = "card:"


class NoCard(Invalid):
    code = "no_card"
    message = "A correction that changes nothing is nothing to remember."


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`sentence` as the learner wrote it, `corrected` with the one edit that they accepted."""

    edit_id: UUID
    sentence: str
    corrected: str
    language: str
    category: str

    def __post_init__(self) -> None:
        if self.sentence == self.corrected:
            raise NoCard

    @property
    def key(self) -> str:
        """What memory and exercises call it; no author's id looks like this."""
        return f"{_PREFIX}{self.edit_id}"

    def body(self) -> dict[str, Any]:
        """The exercise that asks for it."""
        return {
            "id": self.key,
            "type": "correct",
            "uses": [self.key],
            "language": self.language,
            "sentence": self.sentence,
            "corrected": self.corrected,
        }


def card_id(key: str) -> UUID | None:
    """The card that a key names; None for the key of anything else."""
    if not key.startswith(_PREFIX):
        return None
    try:
        return UUID(key.removeprefix(_PREFIX))
    except ValueError:
        return None
