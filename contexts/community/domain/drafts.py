"""A machine's marks on a text: a first help, labelled as such, never a correction."""

from collections.abc import Sequence
from dataclasses import dataclass

from contexts.shared.language import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a machine noticed and cannot mend; `sentence` None is the whole text.

    `code` is `other_language` (and `detail` which: a BCP 47 tag), `unknown_word` (and which), or
    `partly_checked` where there were more unknown words than time.
    """

    code: str
    detail: str
    sentence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Edits by sentence, as many lists as there are sentences, and notes."""

    edits: Sequence[Sequence[Edit]]
    notes: Sequence[Note] = ()
