from enum import StrEnum
from typing import Self

import langcodes

from contexts.shared.kernel.errors import Invalid

# What RFC 5646 (4.4.1) asks every implementation to hold at least.
LONGEST_TAG = 35


class UnknownLanguage(Invalid):
    code = "unknown_language"
    message = "“{tag}” is not a language tag that BCP 47 knows."


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
        """Raises UnknownLanguage for what is not a well-formed, registered tag."""
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
        """The primary subtag: `pt` of `pt-BR`."""
        return self.split("-", 1)[0]
