"""The edit, shared by all sources of corrections: programs, language models and people."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from contexts.shared.kernel.errors import Invalid
from contexts.shared.language.normalization import nfc


class Category(StrEnum):
    ACCENT = "accent"
    CASE = "case"
    PUNCTUATION = "punctuation"
    SPELLING = "spelling"
    WORD_FORM = "word_form"
    WORD_ORDER = "word_order"
    MISSING = "missing"
    EXTRA = "extra"
    REPLACEMENT = "replacement"
    WHITESPACE = "whitespace"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `old` by `new`. The span counts code points of the NFC original."""

    start: int
    end: int
    old: str
    new: str
    category: Category


class EditsRefused(Invalid):
    """The edits overlap, are out of order or do not belong to the text."""

    code = "edits_refused"
    message = "The edit at {start}-{end} cannot be made: {reason}."


def apply(original: str, edits: Iterable[Edit]) -> str:
    """Return `original` in NFC with the edits applied. Raises EditsRefused."""
    text, position, parts = nfc(original), 0, list[str]()
    last: Edit | None = None
    for edit in edits:
        _check(edit, text, position, last)
        parts += (text[position : edit.start], edit.new)
        position, last = edit.end, edit
    return "".join((*parts, text[position:]))


def _check(edit: Edit, text: str, position: int, last: Edit | None) -> None:
    if reason := _fault(edit, text, position, last):
        raise EditsRefused(start=edit.start, end=edit.end, reason=reason)


def _fault(edit: Edit, text: str, position: int, last: Edit | None) -> str:
    if not position <= edit.start <= edit.end <= len(text):
        return "it overlaps another or leaves the text"
    if last is not None and last.start == edit.start == edit.end:
        return "another insertion stands at the same place"
    return "" if text[edit.start : edit.end] == edit.old else "it is made for another text"
