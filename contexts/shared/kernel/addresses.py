"""E-mail addresses. Every comparison, look-up and limit uses this one form of an address."""

import unicodedata

from contexts.shared.kernel.text import is_ignorable

_IDEOGRAPHIC_DOT = "\u3002"
_ENCODED = "xn--"


def address_key(email: str) -> str:
    """Return the form in which spellings of one address are equal.

    That is NFKC and case folding, and a domain without punycode (RFC 3492), invisible characters
    or a final dot: `@xn--bcher-kva.example` is `@bücher.example`.
    """
    # A step may undo an earlier one. The key of a key is the key itself.
    while (folded := _folded(email)) != email:
        email = folded
    return email


def _folded(email: str) -> str:
    text = unicodedata.normalize("NFKC", email).casefold()
    text = unicodedata.normalize("NFKC", text).strip()
    local, at, domain = text.rpartition("@")
    if not at:
        return text
    domain = "".join(char for char in domain if not is_ignorable(char))
    labels = domain.replace(_IDEOGRAPHIC_DOT, ".").rstrip(".").split(".")
    return f"{local}@{'.'.join(map(_decoded, labels))}"


def _decoded(label: str) -> str:
    """Return the letters that a label of punycode stands for. Any other label stays."""
    encoded = label.removeprefix(_ENCODED)
    if encoded == label:
        return label
    try:
        letters = encoded.encode("ascii").decode("punycode")
        # Some texts decode to letters that encode to another text, or that nothing can store.
        same = letters.encode("punycode").decode("ascii") == encoded and letters.encode()
    except (UnicodeError, OverflowError):
        return label
    return letters if same and not letters.isascii() else label
