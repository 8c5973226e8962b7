"""Display names and countries."""

import re
import unicodedata

from contexts.shared.kernel import Invalid, has_visible
from contexts.shared.kernel.countries import COUNTRIES
from contexts.shared.kernel.text import is_ignorable

LONGEST_NAME = 80

_STEERING = frozenset({"Cc", "Cs", "Zl", "Zp"})
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_EMOJI_STYLE = frozenset("\ufe0e\ufe0f")
_BLACK_FLAG, _TAGS = "\U0001f3f4", range(0xE0020, 0xE0080)
# Scripts whose letters join: a joiner or a non-joiner changes what a reader sees.
_JOINING = re.compile(
    "ARABIC|SYRIAC|MONGOLIAN|NKO|ADLAM|DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU"
    "|KANNADA|MALAYALAM|SINHALA|KHMER"
)


class UnknownCountry(Invalid):
    code = "unknown_country"
    message = "“{country}” is not a country of ISO 3166-1."


class MalformedName(Invalid):
    code = "malformed_name"
    message = "A name has 1 to {most} characters. None of them may be invisible."


def sound_name(text: str) -> str:
    """Return the name in NFC, without outer blanks. Raises MalformedName.

    Refuses characters that nobody sees, except inside an emoji and between letters that join.
    """
    name = unicodedata.normalize("NFC", text).strip()
    steering = any(unicodedata.category(char) in _STEERING for char in name)
    if not has_visible(name) or steering or _hides(name) or len(name) > LONGEST_NAME:
        raise MalformedName(most=LONGEST_NAME)
    return name


def _hides(name: str) -> bool:
    return any(is_ignorable(char) and not _belongs(name, at) for at, char in enumerate(name))


def _belongs(name: str, at: int) -> bool:
    """Whether an invisible character is a part of what a reader sees before it."""
    char, before, after = name[at], name[at - 1 : at], name[at + 1 : at + 2]
    if char in _EMOJI_STYLE:
        return bool(before) and unicodedata.category(before) in {"So", "Sm", "Nd", "Po"}
    if char == _JOINER and after and unicodedata.category(after) == "So":
        return bool(before) and (before in _EMOJI_STYLE or unicodedata.category(before)[0] == "S")
    if char in {_JOINER, _NON_JOINER}:
        return bool(before) and _JOINING.match(unicodedata.name(before, "")) is not None
    return ord(char) in _TAGS and _BLACK_FLAG in name[:at]


def known_country(code: str) -> str:
    """Return the code, or "" for none. Raises UnknownCountry."""
    if code and code not in COUNTRIES:
        raise UnknownCountry(country=code[:40])
    return code
