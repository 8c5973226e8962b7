"""Characters that nobody sees."""

import unicodedata
from bisect import bisect_right

# Unicode's property Default_Ignorable_Code_Point, as first and last code points.
_IGNORABLE = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_FIRST = [first for first, _ in _IGNORABLE]
# Letters and symbols whose glyph is empty.
_BLANK = frozenset("\u2800\u1680")


def is_ignorable(char: str) -> bool:
    """Whether text is shown without this character."""
    place = bisect_right(_FIRST, ord(char)) - 1
    return place >= 0 and ord(char) <= _IGNORABLE[place][1]


def is_visible(char: str) -> bool:
    """Whether a reader sees a mark on the page: a letter, digit, sign or symbol."""
    shown = unicodedata.category(char)[0] in "LNPS"
    return shown and char not in _BLANK and not is_ignorable(char)


def has_visible(text: str) -> bool:
    """Whether at least one character of a text is visible."""
    return any(map(is_visible, text))
