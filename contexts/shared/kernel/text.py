"""Characters that nobody sees."""

import re
import unicodedata

# Unicode's property Default_Ignorable_Code_Point.
IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Letters and symbols whose glyph is empty.
_BLANK = frozenset("\u2800\u1680")


def is_ignorable(char: str) -> bool:
    """Whether text is shown without this character."""
    return IGNORABLE.match(char) is not None


def is_visible(char: str) -> bool:
    """Whether a reader sees a mark on the page: a letter, digit, sign or symbol."""
    shown = unicodedata.category(char)[0] in "LNPS"
    return shown and char not in _BLANK and not is_ignorable(char)


def has_visible(text: str) -> bool:
    """Whether at least one character of a text is visible."""
    return any(map(is_visible, text))
