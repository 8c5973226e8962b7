"""Contractions and their long forms, per language."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType

from contexts.shared.language.normalization import primary

_ENGLISH_PRONOUNS = ("i", "you", "he", "she", "it", "we", "they", "that", "there", "who", "what")
_ENGLISH_ASKING = ("where", "how", "when", "here", "why")
_ENGLISH_NOT = (
    *("do", "does", "did", "is", "are", "was", "were", "have", "has", "had"),
    *("would", "should", "could", "might", "must", "need"),
)
_HAS_FOLLOWS = frozenset({"been", "got", "gone", "had"})


def _english() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {
        "can't": ("can", "not"),
        "cannot": ("can", "not"),
        "won't": ("will", "not"),
        "shan't": ("shall", "not"),
        "let's": ("let", "us"),
        "i'm": ("i", "am"),
        "im": ("i", "am"),
        "ive": ("i", "have"),
        "youre": ("you", "are"),
        "theyre": ("they", "are"),
    }
    for verb in _ENGLISH_NOT:
        table[f"{verb}n't"] = table[f"{verb}nt"] = (verb, "not")
    for pronoun in _ENGLISH_PRONOUNS:
        table |= {f"{pronoun}'{end}": (pronoun, full) for end, full in _PRONOUN_ENDINGS.items()}
    for asking in _ENGLISH_PRONOUNS[2:] + _ENGLISH_ASKING:
        table[f"{asking}'s"] = (asking, "is")
    return table


_PRONOUN_ENDINGS = {"re": "are", "ve": "have", "ll": "will", "d": "would"}
_TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({"en": _english()})


def expand(words: Sequence[str], language: str) -> tuple[str, ...]:
    """Return lower-case words with the language's contractions written out.

    `'s` and `'d` mean *is* and *would* unless the next word shows another meaning (*it's been*,
    *you'd better*).
    """
    table = _TABLES.get(primary(language))
    if table is None:
        return tuple(words)
    pairs = zip_longest(words, words[1:], fillvalue="")
    return tuple(part for word, after in pairs for part in _expanded(word, after, table))


def _expanded(word: str, after: str, table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    full = table.get(word, (word,))
    if full[-1] == "is" and after in _HAS_FOLLOWS:
        return (*full[:-1], "has")
    if full[-1] == "would" and len(full) > 1 and after == "better":
        return (*full[:-1], "had")
    return full
