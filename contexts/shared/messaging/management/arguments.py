"""Parsing of numbers in arguments of commands."""

from argparse import ArgumentTypeError

_LONGEST = 18


def positive(text: str) -> int:
    """Return the number. Raises ArgumentTypeError if it is not above 0."""
    if not is_number(text) or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a number above 0")
    return int(text)


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST
