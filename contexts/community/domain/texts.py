"""Rules for texts and remarks."""

import hashlib

from contexts.shared.kernel import Conflict, Invalid, has_visible
from contexts.shared.language import nfc
from contexts.shared.language.contacts import has_contact_details

LONGEST_TEXT = 10_000
"""Code points of a submission's text in NFC."""


class TextEmpty(Invalid):
    code = "text_empty"
    message = "This text is empty. Write something first."


class TextTooLong(Invalid):
    code = "text_too_long"
    message = "A text can have {longest} characters. This one has {length}: shorten it."


class ContactDetails(Invalid):
    """Members meet here: addresses and links in what they tell each other serve other ends."""

    code = "contact_details"
    message = "Texts cannot contain addresses, links or phone numbers. Remove them."


class DailyLimit(Conflict):
    code = "daily_limit"
    message = "This can be done {limit} times a day. Try again tomorrow."


def checked_text(text: str) -> str:
    """`text` in NFC. Raises TextEmpty, TextTooLong."""
    normal = nfc(text)
    if not has_visible(normal):
        raise TextEmpty
    if len(normal) > LONGEST_TEXT:
        raise TextTooLong(longest=LONGEST_TEXT, length=len(normal))
    return normal


def checked_remark(text: str) -> str:
    """Return a remark to another member in NFC, trimmed. Raises ContactDetails."""
    normal = nfc(text).strip()
    if has_contact_details(normal):
        raise ContactDetails
    return normal


def text_hash(text: str) -> str:
    """SHA-256 of a text, which edits name so that they are never made to another."""
    return hashlib.sha256(nfc(text).encode("utf-8", "surrogatepass")).hexdigest()
