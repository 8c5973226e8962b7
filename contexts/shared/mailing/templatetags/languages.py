"""Names of languages in mails."""

from babel import Locale
from babel.core import UnknownLocaleError
from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def language_name(tag: str) -> str:
    """Return a language's name in the reader's language, or its BCP 47 tag if it has none."""
    reader = Locale.parse(get_language() or "en", sep="-")
    try:
        return Locale.parse(tag, sep="-").get_display_name(reader) or tag
    except (ValueError, UnknownLocaleError):
        return tag
