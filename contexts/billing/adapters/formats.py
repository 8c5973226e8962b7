"""Money, dates and countries in a reader's language."""

from datetime import date
from decimal import Decimal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from contexts.shared.kernel.currencies import exponent_of


def locale_of(language: str) -> Locale:
    """Return the locale of a BCP 47 tag, or else of its language, or else English."""
    for tag in (language, language.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


def amount(minor: int, currency: str, language: str = "en") -> str:
    """Return an amount like "9.99 EUR", or "9,99 EUR" in Spanish. Raises ValueError."""
    exponent, locale = exponent_of(currency), locale_of(language)
    value = Decimal(minor).scaleb(-exponent)
    pattern = f"#,##0.{'0' * exponent}" if exponent else "#,##0"
    # Written with its code, since signs like "$" name many currencies.
    return f"{format_decimal(value, format=pattern, locale=locale)} {currency}"


def percent(basis_points: int, language: str) -> str:
    """Return a rate like "21 %"."""
    value = Decimal(basis_points) / 100
    return f"{format_decimal(value, format='0.##', locale=locale_of(language))} %"


def day(on: date, language: str) -> str:
    """Return a date like "31 December 2026" in a language."""
    return format_date(on, format="long", locale=locale_of(language))


def country(code: str, language: str) -> str:
    """Return a country's name in a language, or its code."""
    return str(locale_of(language).territories.get(code, code))
