"""Wide, narrow and joined forms of the same characters: １０ is 10, ｶﾞ is ガ, ﬁ is fi."""

import unicodedata

# Half- and fullwidth forms, Latin ligatures, and Arabic presentation forms.
_RANGES = ((0xFF01, 0xFFEF), (0xFB00, 0xFB07), (0xFB50, 0xFDFC), (0xFE70, 0xFEFD))
_FORMS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for first, after in _RANGES
    for code in range(first, after)
    # A filler and unassigned codes have no other form.
    if unicodedata.normalize("NFKC", chr(code)) != chr(code) and code != 0xFFA0
} | {0x3000: " "}
# Narrow voiced marks join the kana before them.
_FORMS |= {0xFF9E: "\u3099", 0xFF9F: "\u309a"}


def one_width(text: str) -> str:
    """Return NFC with the ordinary form of each character."""
    return unicodedata.normalize("NFC", text.translate(_FORMS))
