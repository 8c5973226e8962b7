"""Dictionaries for the languages of the shipped courses: what is there, and how to get the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from contexts.shared.assist import hunspell
from contexts.shared.assist.known_words import SystemKnownWords

# Debian's packages by primary subtag. Other languages have none there.
_PACKAGES: Mapping[str, str] = {
    "ar": "hunspell-ar",
    "ca": "hunspell-ca",
    "cs": "hunspell-cs",
    "da": "hunspell-da",
    "de": "hunspell-de-de",
    "el": "hunspell-el",
    "en": "hunspell-en-us",
    "es": "hunspell-es",
    "fr": "hunspell-fr",
    "he": "hunspell-he",
    "hu": "hunspell-hu",
    "id": "hunspell-id",
    "it": "hunspell-it",
    "ko": "hunspell-ko",
    "nl": "hunspell-nl",
    "no": "hunspell-no",
    "pl": "hunspell-pl",
    "pt": "hunspell-pt-br",
    "ro": "hunspell-ro",
    "ru": "hunspell-ru",
    "sv": "hunspell-sv",
    "th": "hunspell-th",
    "tr": "hunspell-tr",
    "uk": "hunspell-uk",
    "vi": "hunspell-vi",
}
_TAG = re.compile(r"^(?:language|source): *([A-Za-z]{2,3})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """The languages of the courses with a dictionary on this machine, and those without one."""

    present: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def packages(self) -> list[str]:
        """Return the Debian packages for the missing ones, hunspell first."""
        named = [_PACKAGES[tag] for tag in self.missing if tag in _PACKAGES]
        return ["hunspell", *named] if named else []

    @property
    def summary(self) -> str:
        """Return what a developer must know, in a line or two."""
        lines = [f"Dictionaries: {', '.join(self.present) or 'none'}."]
        if self.missing:
            lines.append(
                f"Without one: {', '.join(self.missing)}. Typos are judged by word lists, and "
                "drafts check little. To install them: make language-tools"
            )
        return "\n".join(lines)


def course_languages() -> list[str]:
    """Return the primary subtags of all languages that a shipped course teaches or explains in."""
    files = Path(settings.BASE_DIR, "contexts", "courses", "packs").glob("*/course.yaml")
    return sorted({tag for file in files for tag in _TAG.findall(file.read_text("utf-8"))})


def dictionaries() -> Dictionaries:
    """Return what this machine has for the courses."""
    words = SystemKnownWords(hunspell.installed)
    spelled = {tag: words.spells(tag) for tag in course_languages()}
    return Dictionaries(
        present=tuple(tag for tag, spells in spelled.items() if spells),
        missing=tuple(tag for tag, spells in spelled.items() if not spells),
    )


def all_packages() -> list[str]:
    """Return the Debian packages for all courses, as the image installs them."""
    return Dictionaries(present=(), missing=tuple(course_languages())).packages
