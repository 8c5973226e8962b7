"""Versions of our terms and of our privacy notice."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from contexts.shared.kernel import Invalid, NotFound

TERMS, PRIVACY = "terms", "privacy"
KINDS = (TERMS, PRIVACY)
_FILE = re.compile(r"(\d{4}-\d{2}-\d{2})\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md", re.ASCII)


class UnknownVersion(NotFound):
    code = "unknown_version"
    message = "We have no such version."


class TermsNotAgreed(Invalid):
    code = "terms_not_agreed"
    message = "Read our terms and agree to them. Their version is {current}."


class TermsNotCurrent(Invalid):
    code = "terms_not_current"
    message = "This is not the version of our terms that is in force. Read version {current}."


class MalformedFile(ValueError):
    """A file of a legal text cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of a text, by language."""

    kind: str
    version: str
    texts: Mapping[str, str]

    @property
    def in_force_at(self) -> datetime:
        """The version is a date. It is in force from the first instant of that date in UTC."""
        return datetime.fromisoformat(self.version).replace(tzinfo=UTC)

    def language(self, wanted: str) -> str:
        """Return the language in which a reader sees the text: theirs, English, or the first."""
        for one in (wanted, wanted.partition("-")[0], "en"):
            if one in self.texts:
                return one
        return min(self.texts)


def read_name(name: str) -> tuple[str, str]:
    """Return the version and the language of a file. Raises MalformedFile."""
    found = _FILE.fullmatch(name)
    if found is None:
        raise MalformedFile("must be named like 2026-11-01.en.md")
    version, language = found.groups()
    try:
        datetime.fromisoformat(version)
    except ValueError:
        raise MalformedFile("has a date that does not exist") from None
    return version, language


def in_force(documents: Sequence[Document], *, now: datetime) -> Document:
    """Return the newest version in force. Before the first one is in force, return that one."""
    begun = [one for one in documents if one.in_force_at <= now]
    by_version = sorted(begun or documents, key=lambda one: one.version)
    return by_version[-1] if begun else by_version[0]


def agreeable(documents: Iterable[Document], *, now: datetime) -> list[Document]:
    """Return the versions that can be agreed to, oldest first: in force, and still to come."""
    known = sorted(documents, key=lambda one: one.version)
    current = in_force(known, now=now)
    return [one for one in known if one.version >= current.version]
