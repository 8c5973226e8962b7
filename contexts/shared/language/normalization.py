"""Normal forms, which remove differences in spelling that carry no meaning."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from contexts.shared.language.invisible import visible
from contexts.shared.language.width import one_width

_TYPOGRAPHIC = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ´`＇", "'"),
        **dict.fromkeys("“”„‟″«»＂", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)

# Letters of their own in an alphabet, though Unicode can write them as base and mark.
_OWN_LETTERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "es": frozenset("ñ"),
        "gl": frozenset("ñ"),
        "eu": frozenset("ñ"),
        "de": frozenset("äöü"),
        "sv": frozenset("åäö"),
        "fi": frozenset("åäö"),
        "da": frozenset("å"),
        "nb": frozenset("å"),
        "nn": frozenset("å"),
        "no": frozenset("å"),
        "et": frozenset("äöüõ"),
        "hu": frozenset("öüőű"),
        "tr": frozenset("çğöşü"),
        "pl": frozenset("ąćęńóśźż"),
    }
)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """Return NFC of one width with ASCII quotes, dashes and dots, and without invisible characters.

    Trims white space and collapses runs.
    """
    return " ".join(one_width(visible(text)).translate(_TYPOGRAPHIC).split())


def primary(language: str) -> str:
    """Return the primary subtag of a BCP 47 tag, in lower case: `es` of `es-MX`."""
    return language.split("-", 1)[0].lower()


@lru_cache(maxsize=16384)
def strip_accents(text: str, language: str = "") -> str:
    """Return `text` in NFC without the accents of its Latin and Greek letters.

    A letter of its own in the language keeps its mark: Spanish `año` stays `año`, while `está`
    becomes `esta`. Marks of other scripts (й, が) stay.
    """
    own = _OWN_LETTERS.get(primary(language), frozenset())
    return nfc("".join(_bare(char, own) for char in nfc(text) if not _is_accent(char)))


def _bare(char: str, own: frozenset[str]) -> str:
    if char.isascii() or char.lower() in own:
        return char
    parts = unicodedata.normalize("NFD", char)
    return parts[0] if len(parts) > 1 and _takes_accents(parts[0]) else char


def _is_accent(char: str) -> bool:
    return "\u0300" <= char <= "\u036f"


def _takes_accents(base: str) -> bool:
    return base < "\u0250" or "\u0370" <= base <= "\u03ff"
