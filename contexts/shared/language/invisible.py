"""Characters that nobody sees (Unicode's Default_Ignorable_Code_Point)."""

import re
import unicodedata

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Scripts in which a joiner or a non-joiner changes how letters look, and words mean.
_JOINED_SCRIPTS = ("ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI")
_MORE_JOINED = ("ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR")


def visible(text: str) -> str:
    """Return NFC without invisible characters. Joiners stay in emoji and scripts that need them."""
    whole = unicodedata.normalize("NFC", text)
    if _IGNORABLE.search(whole) is None:
        return whole
    kept = _IGNORABLE.sub(
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
