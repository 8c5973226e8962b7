"""Spellings of one word that a language treats as equal, and those that it allows instead.

`fold` removes differences without meaning: Russian ё and е, Arabic vowel signs, digits of other
scripts. `bare` also removes accents and writes ligatures out: a difference that deserves a note.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from contexts.shared.language.normalization import nfc, primary, strip_accents

# Vowel signs and other marks that readers leave out; the tatweel only stretches a word.
_ARABIC = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_HEBREW = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
# Marks of stress in books for learners.
_STRESS = "\u0300\u0301"
_OPTIONAL: Mapping[str, "re.Pattern[str]"] = MappingProxyType(
    {
        **{tag: re.compile(f"[{_ARABIC}]") for tag in ("ar", "fa", "ur", "ps", "ckb", "ug")},
        **{tag: re.compile(f"[{_HEBREW}]") for tag in ("he", "yi")},
        **{tag: re.compile(f"[{_STRESS}]") for tag in ("ru", "uk", "be", "bg")},
    }
)
# One letter with two spellings.
_YEH_AND_KAF = {"ي": "ی", "ى": "ی", "ك": "ک"}
_NASAL = {"ँ": "ं"}
_TONES = "̣̀́̉̃"
_SAME: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "ru": {"ё": "е", "Ё": "Е"},
        "fa": _YEH_AND_KAF,
        "ur": _YEH_AND_KAF,
        "hi": _NASAL,
        "mr": _NASAL,
        "ne": _NASAL,
        "ro": {"ş": "ș", "Ş": "Ș", "ţ": "ț", "Ţ": "Ț"},
        "nl": {"ĳ": "ij", "Ĳ": "IJ"},
        "ca": {"ŀ": "l·", "Ŀ": "L·"},
        # The tone may stand on either vowel: hòa and hoà.
        "vi": {
            nfc(first + second + tone): nfc(first + tone + second)
            for first, second in ("oa", "oe", "uy")
            for tone in _TONES
        },
    }
)
# What people write where they have no such letter.
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ĳ": "ij", "ŋ": "ng"}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_SWEDISH = {"å": "aa", "ä": "ae", "ö": "oe"}
_NORDIC = {"å": "aa", "ø": "oe", "æ": "ae"}
_DIGRAPHS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("de", "gsw", "lb"), _UMLAUTS),
        **dict.fromkeys(("da", "nb", "nn", "no"), _NORDIC),
        **dict.fromkeys(("sv", "fi"), _SWEDISH),
    }
)
_TURKISH = str.maketrans({"I": "ı", "İ": "i"})


def lower(text: str, language: str) -> str:
    """Return the text in lower case, as the language has it: Turkish I becomes ı."""
    return (text.translate(_TURKISH) if primary(language) in {"tr", "az"} else text).lower()


@lru_cache(maxsize=16384)
def fold(text: str, language: str) -> str:
    """Return the text in NFC with one spelling for what the language treats as equal."""
    tag = primary(language)
    found = nfc(text)
    if tag in _OPTIONAL:
        found = nfc(_OPTIONAL[tag].sub("", found))
    for one, other in _SAME.get(tag, {}).items():
        found = found.replace(one, other)
    return "".join(map(_digit, found))


@lru_cache(maxsize=16384)
def bare(text: str, language: str) -> str:
    """Return the folded text without accents, with ligatures and other letters written out."""
    found = strip_accents(fold(text, language), language)
    for one, other in {**_LIGATURES, **_DIGRAPHS.get(primary(language), {})}.items():
        found = found.replace(one, other)
    return found


def _digit(char: str) -> str:
    if char.isascii() or not char.isdecimal():
        return char
    return str(unicodedata.decimal(char))
