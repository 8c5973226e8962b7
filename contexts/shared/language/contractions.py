"""Contractions and their long forms, per language."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from contexts.shared.language.normalization import primary
from contexts.shared.language.participles import PARTICIPLES

_ENGLISH_PRONOUNS = ("i", "you", "he", "she", "it", "we", "they", "that", "there", "who", "what")
_ENGLISH_ASKING = ("where", "how", "when", "here", "why")
_ENGLISH_NOT = (
    *("do", "does", "did", "is", "are", "was", "were", "have", "has", "had"),
    *("would", "should", "could", "might", "must", "need"),
)
_HAS_FOLLOWS = frozenset({"been", "got", "gone", "had"})
_BETWEEN = frozenset(
    {"already", "always", "also", "ever", "hardly", "just", "long", "never", "not", "often"}
    | {"only", "probably", "really", "recently", "since", "soon", "still", "almost", "even"}
)
_OBJECTS = frozenset(
    {"it", "them", "him", "her", "me", "us", "you", "a", "an", "the", "my", "your", "his", "our"}
    | {"their", "its", "this", "that", "these", "those", "some", "any", "no", "two", "three"}
)
# Base forms that only look like participles.
_BASES_IN_ED = frozenset(
    {"bleed", "breed", "embed", "exceed", "indeed", "proceed", "shred", "speed", "succeed"}
)


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

    `'s` and `'d` are read by what follows: *it's been* and *he's made it* have *has*, *you'd
    better* and *he'd gone* have *had*; otherwise they are *is* and *would*.
    """
    table = _TABLES.get(primary(language))
    if table is None:
        return tuple(words)
    return tuple(
        part for at, word in enumerate(words) for part in _expanded(word, words[at + 1 :], table)
    )


def _expanded(
    word: str, after: Sequence[str], table: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    full = table.get(word, (word,))
    if len(full) == 1 or full[-1] not in {"is", "would"}:
        return full
    following = [each for each in after if each not in _BETWEEN][:2]
    return (*full[:-1], _perfect(full[-1], following) or full[-1])


def _perfect(read: str, following: Sequence[str]) -> str | None:
    """Return *has* or *had* if a perfect form follows, else None."""
    verb = following[0] if following else ""
    if read == "would":
        return "had" if verb == "better" or is_participle(verb) else None
    # "It's made of wood" is passive; "he's made it" has an object.
    has_object = len(following) > 1 and following[1] in _OBJECTS
    return "has" if verb in _HAS_FOLLOWS or (has_object and is_participle(verb)) else None


def is_participle(word: str) -> bool:
    """Return whether an English word is a past participle and no base form."""
    if word in PARTICIPLES:
        return True
    return len(word) > 4 and word.endswith("ed") and word not in _BASES_IN_ED
