"""What the person at the terminal reads."""

import sys
from typing import TextIO


class Refused(Exception):
    """The command fails; the text says why."""


class Unavailable(Refused):
    """An optional engine cannot be used; the other engines start without it."""


def say(text: str, *, to: TextIO | None = None) -> None:
    print(text, file=to or sys.stdout, flush=True)
