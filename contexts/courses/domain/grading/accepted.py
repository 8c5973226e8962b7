"""Accepted answers of an exercise, indexed by their folded forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Indel, Levenshtein

from contexts.shared.language import bare, expand, fold, lower, plain, words

K = TypeVar("K")
_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as graders read it.

    `words` are in lower case with contractions written out, `surface` as typed. `key` ignores
    case, punctuation, contractions and spellings that the language treats as equal; `bare` ignores
    accents and ligatures too.
    """

    text: str
    surface: tuple[str, ...]
    words: tuple[str, ...]
    key: str
    bare: str

    @property
    def bag(self) -> tuple[str, ...]:
        return tuple(sorted(self.bare.split(" ")))


def read(text: str, language: str) -> Reading:
    surface = words(plain(text))
    full = expand([fold(lower(word, language), language) for word in surface], language)
    # A text without words (an emoji, "?!") is told apart by its marks.
    key = " ".join(full).casefold() or plain(text)
    return Reading(text, surface, full, key, bare(key, language))


@dataclass(frozen=True)
class Accepted:
    """Accepted answers in one language, the model answer first. Never empty.

    `refused` are forms that the unit teaches as wrong. They are no slips in any of its exercises.
    """

    texts: tuple[str, ...]
    language: str
    refused: frozenset[str] = frozenset()

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(read(text, self.language) for text in self.texts)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the answers, in lower case."""
        return frozenset(word for reading in self.readings for word in reading.words)

    def same_words(self, given: Reading) -> tuple[Reading, ...]:
        return self._by_key.get(given.key, ())

    def same_but_accents(self, given: Reading) -> tuple[Reading, ...]:
        return self._by_bare.get(given.bare, ())

    def same_but_order(self, given: Reading) -> tuple[Reading, ...]:
        return self._by_bag.get(given.bag, ())

    def close_to(self, given: Reading, edits: int) -> tuple[Reading, ...]:
        """Return answers within `edits` letter edits, accents aside. Closest first, at most 8."""
        found = process.extract(
            given.bare,
            self._bares,
            scorer=Levenshtein.distance,
            # A swap of neighbors is one edit to the typo rule and two here.
            score_cutoff=2 * edits,
            limit=_CANDIDATES,
        )
        return tuple(self.readings[at] for _, _, at in found)

    def nearest(self, given: Reading) -> Reading:
        found = process.extractOne(given.bare, self._bares, scorer=Indel.normalized_similarity)
        return self.readings[found[2]]

    @cached_property
    def _bares(self) -> list[str]:
        return [reading.bare for reading in self.readings]

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Reading, ...]]:
        return _grouped((reading.key, reading) for reading in self.readings)

    @cached_property
    def _by_bare(self) -> Mapping[str, tuple[Reading, ...]]:
        return _grouped((reading.bare, reading) for reading in self.readings)

    @cached_property
    def _by_bag(self) -> Mapping[tuple[str, ...], tuple[Reading, ...]]:
        return _grouped((reading.bag, reading) for reading in self.readings)


def _grouped(pairs: Iterable[tuple[K, Reading]]) -> Mapping[K, tuple[Reading, ...]]:
    groups: dict[K, list[Reading]] = {}
    for key, reading in pairs:
        groups.setdefault(key, []).append(reading)
    return {key: tuple(group) for key, group in groups.items()}
