"""Texts without characters that nobody sees."""

import unicodedata

from contexts.shared.kernel.text import IGNORABLE

_ZWNJ, _ZWJ = "\u200c", "\u200d"
# Scripts in which a joiner or a non-joiner changes how letters look, and words mean.
_JOINED_SCRIPTS = ("ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI")
_MORE_JOINED = ("ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR")


def visible(text: str) -> str:
    """Return NFC without invisible characters. Joiners stay in emoji and scripts that need them."""
    whole = unicodedata.normalize("NFC", text)
    if IGNORABLE.search(whole) is None:
        return whole
    kept = IGNORABLE.sub(
        lambda found: found[0] if _has_meaning(whole, found.start()) else "", whole
    )
    return unicodedata.normalize("NFC", kept)


def _has_meaning(text: str, at: int) -> bool:
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char == "\ufe0f":
        return bool(before) and not before.isalnum()
    if char not in (_ZWNJ, _ZWJ) or not before or not after:
        return False
    if char == _ZWJ and unicodedata.category(after) == "So":
        return True
    return unicodedata.name(before, "").startswith((*_JOINED_SCRIPTS, *_MORE_JOINED))
