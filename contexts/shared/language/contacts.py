"""Contact details in texts that people show each other."""

import re

_CONTACTS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w"
    r"|\bhttps?://|\bwww\."
    r"|\b[\w-]{1,63}\.(?:com|net|org|io|me|ru|info|biz|app|link|gg|ly)\b(?!\w)"
    r"|(?<!\d)\+?\d(?:[ ()./-]{0,2}\d){8,}",
    re.IGNORECASE,
)


def has_contact_details(text: str) -> bool:
    """Whether a text has an e-mail address, a link or nine digits of a phone number."""
    return _CONTACTS.search(text) is not None
