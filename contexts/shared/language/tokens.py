"""Tokens: words and punctuation with their positions."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from contexts.shared.language.normalization import nfc


class Kind(StrEnum):
    WORD = "word"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or one punctuation mark or symbol. `start` and `end` count code points."""

    text: str
    start: int
    end: int
    kind: Kind

    @property
    def is_word(self) -> bool:
        return self.kind is Kind.WORD


_APOSTROPHES = frozenset("'’ʼ")
_NUMBER_MARKS = frozenset(".,:")
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text` in NFC, without white space.

    An apostrophe within a word and a mark within a number belong to it (`don't`, `1,5`).
    Each ideograph or kana is a token, since these are written without spaces.
    """
    return tuple(_scan(nfc(text)))


def words(text: str) -> tuple[str, ...]:
    """Return the texts of the word tokens only."""
    return tuple(token.text for token in tokens(text) if token.is_word)


def _scan(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        kind = Kind.WORD if _is_letter(text[position]) else Kind.PUNCTUATION
        end = _word_end(text, position) if kind is Kind.WORD else _symbol_end(text, position + 1)
        yield Token(text[position:end], position, end, kind)
        position = end


def _word_end(text: str, start: int) -> int:
    end = start + 1
    if _stands_alone(text[start]):
        return _symbol_end(text, end)
    while end < len(text) and (_continues(text[end]) or _joins(text, end)):
        end += 1
    return end


def _symbol_end(text: str, end: int) -> int:
    while end < len(text) and _attaches(text, end):
        end += 1
    return end


def _attaches(text: str, at: int) -> bool:
    return _is_mark(text[at]) or text[at] in _JOINERS or text[at - 1] == "\u200d" != text[at]


def _continues(char: str) -> bool:
    return (_is_letter(char) and not _stands_alone(char)) or _is_mark(char) or char in _JOINERS


def _joins(text: str, at: int) -> bool:
    if at + 1 >= len(text):
        return False
    before, char, after = text[at - 1], text[at], text[at + 1]
    if char in _APOSTROPHES:
        return before.isalpha() and after.isalpha()
    return char in _NUMBER_MARKS and before.isdigit() and after.isdigit()


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _stands_alone(char: str) -> bool:
    if char < "\u2e80" or "\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff":
        return False
    return unicodedata.category(char) == "Lo" and unicodedata.east_asian_width(char) == "W"
