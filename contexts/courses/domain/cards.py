"""Cards: corrections that a learner accepted, to be remembered."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contexts.shared.kernel import Invalid

_PREFIX = "card:"


class NoCard(Invalid):
    code = "no_card"
    message = "This correction changes nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A learner's `sentence`, and `corrected` with the one edit that they accepted."""

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
        """The card's id among items and exercises. Ids by authors have another form."""
        return card_key(self.edit_id)

    def body(self) -> dict[str, Any]:
        """Return the exercise that reviews it, as a document."""
        return {
            "id": self.key,
            "type": "correct",
            "uses": [self.key],
            "language": self.language,
            "sentence": self.sentence,
            "corrected": self.corrected,
        }


def card_key(edit_id: UUID) -> str:
    """Return the key of an edit's card."""
    return f"{_PREFIX}{edit_id}"


def card_id(key: str) -> UUID | None:
    """Return the card's id of a key, None for other keys."""
    if not key.startswith(_PREFIX):
        return None
    try:
        return UUID(key.removeprefix(_PREFIX))
    except ValueError:
        return None
