from enum import StrEnum
from typing import Self

import langcodes

from contexts.shared.kernel.errors import Invalid

# RFC 5646 (4.4.1) requires implementations to accept at least this length.
LONGEST_TAG = 35


class UnknownLanguage(Invalid):
    code = "unknown_language"
    message = "“{tag}” is not a BCP 47 language tag. Use one like es or pt-BR."


class Level(StrEnum):
    """The levels of the Common European Framework of Reference, lowest first."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


class LanguageTag(str):
    """A BCP 47 language tag in its canonical spelling (`pt-BR`, not `PT_br`)."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the tag in its canonical spelling.

        Raises UnknownLanguage if it is not well-formed and registered.
        """
        try:
            if not langcodes.tag_is_valid(text):
                raise UnknownLanguage(tag=text[:40])
            tag = cls(langcodes.standardize_tag(text))
        except ValueError:
            raise UnknownLanguage(tag=text[:40]) from None
        if len(tag) > LONGEST_TAG:
            raise UnknownLanguage(tag=text[:40])
        return tag

    @property
    def primary(self) -> str:
        """Return the primary subtag: `pt` of `pt-BR`."""
        return self.split("-", 1)[0]
