"""A machine draft: first help for a text, labeled as such, never a correction."""

from collections.abc import Sequence
from dataclasses import dataclass

from contexts.shared.language import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark of the engine without an edit; `sentence` None is the whole text.

    `code` is `other_language` (and `detail` which: a BCP 47 tag), `unknown_word` (and which), or
    `partly_checked`: `spelling` if there were more unknown words than time, `no_dictionary` if the
    language has none here, so that only rules were applied.
    """

    code: str
    detail: str
    sentence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Edits by sentence, as many lists as there are sentences, and notes."""

    edits: Sequence[Sequence[Edit]]
    notes: Sequence[Note] = ()
