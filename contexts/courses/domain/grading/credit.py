"""Credit by word: the words of an exercise that an answer failed to recall.

The words of a typed answer are counted against those of the accepted one in any order, so that a
wrong order or article is held against no word beside it. A slip of the finger counts against none.
`manage.py evaluate credit` measures it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from contexts.courses.domain.grading.accents import is_forgiven
from contexts.courses.domain.grading.accepted import read
from contexts.courses.domain.grading.function_words import are_articles, is_function_word
from contexts.courses.domain.grading.typos import is_form_of, is_slip
from contexts.courses.domain.grading.verdicts import KnownWords
from contexts.shared.language import primary, strip_accents

_FORMS = re.compile(r"[,;/]")
_REMARK = re.compile(r"\([^)]*\)")
_INFINITIVE = {"en": "to"}
Alike = Callable[[str, str], bool]


@dataclass(frozen=True)
class Recall:
    """An answer beside the accepted one.

    `texts` are each item's, in both languages of the course. `shown` is what the exercise shows
    besides, such as its prompt: a word that stands there only was not asked. `in_place` compares
    word by word in order, without slips, as fits an answer that was chosen or put into a gap.
    """

    given: str
    expected: str
    texts: Mapping[str, Sequence[str]]
    language: str
    words: KnownWords
    shown: str = ""
    in_place: bool = False

    def forgotten(self) -> frozenset[str]:
        """Return the items that the answer failed to recall."""
        failed = {item for item, places in self._places.items() if places & self._missing}
        claimed = set().union(*self._places.values())
        if any(not self._is_small(self._wanted[at]) for at in self._missing - claimed):
            failed |= {item for item, places in self._places.items() if not places} - self._seen()
        return frozenset(failed)

    def beside_missing(self) -> frozenset[str]:
        """Return the items next to the missing words, such as the noun of a wrong article.

        If none is near, only the one item of an exercise is blamed.
        """
        only = frozenset(self.texts) if len(self.texts) == 1 else frozenset()
        return self._beside(self._missing) or only

    def at(self, places: Collection[int]) -> frozenset[str]:
        """Return the items at some words of the accepted answer, or else next to them."""
        found = {item for item, own in self._places.items() if own & {*places}}
        return frozenset(found) or self._beside(places) or frozenset(self.texts)

    def unplaced(self) -> frozenset[str]:
        """Return the items that do not stand in the accepted answer."""
        return frozenset(item for item, places in self._places.items() if not places)

    def _beside(self, places: Collection[int]) -> frozenset[str]:
        for distance in (1, 2, -1, -2):
            near = {at + distance for at in places}
            if found := {item for item, own in self._places.items() if own & near}:
                return frozenset(found)
        return frozenset()

    @cached_property
    def _wanted(self) -> tuple[str, ...]:
        return self._tokens(self.expected)

    @cached_property
    def _missing(self) -> set[int]:
        """Places of the accepted words that the answer lacks. Slips of the finger are no lack."""
        tokens = self._tokens(self.given)
        typed, wanted = [*map(self._bare, tokens)], [*map(self._bare, self._wanted)]
        if self.in_place:
            changes = (one for one in Levenshtein.opcodes(typed, wanted) if one.tag != "equal")
            return {at for one in changes for at in range(one.dest_start, one.dest_end)}
        given, missing = Counter(typed), set()
        for at, word in enumerate(wanted):
            if given[word]:
                given[word] -= 1
            else:
                missing.add(at)
        left = [*given.elements()]
        missing = {at for at in missing if not self._has_slip(left, self._wanted[at])}
        return missing | {
            at for at, word in enumerate(self._wanted) if self._has_wrong_accent(word, tokens)
        }

    def _has_wrong_accent(self, wanted: str, typed: Sequence[str]) -> bool:
        alike = [word for word in typed if self._same(word, wanted)]
        return bool(alike) and not any(
            is_forgiven(word, wanted, self.language, self.words) for word in alike
        )

    def _has_slip(self, typed: Iterable[str], wanted: str) -> bool:
        return any(
            is_slip(word, wanted, language=self.language, words=self.words) for word in typed
        )

    @cached_property
    def _places(self) -> dict[str, set[int]]:
        """Where each item stands in the accepted answer."""
        return {item: self._places_in(self._wanted, item) for item in self.texts}

    def _places_in(self, tokens: Sequence[str], item: str) -> set[int]:
        forms = [form for text in self.texts[item] for form in self._forms(text)]
        for alike in (self._same, self._same_lemma, self._same_stem):
            if found := set().union(*(self._find(form, tokens, alike) for form in forms)):
                return found
        return set()

    def _seen(self) -> set[str]:
        shown = self._tokens(self.shown)
        return {item for item in self.texts if self._places_in(shown, item)}

    def _forms(self, text: str) -> Iterator[tuple[str, ...]]:
        """Yield the forms that a word lists, such as `a, an` and `el/la estudiante`."""
        plain = _REMARK.sub(" ", text)
        for form in dict.fromkeys((plain, *_FORMS.split(plain))):
            tokens = self._tokens(form)
            # The infinitive's mark is no part of a form that is found in a sentence.
            if len(tokens) > 1 and tokens[0] == _INFINITIVE.get(primary(self.language)):
                tokens = tokens[1:]
            content = tuple(word for word in tokens if not self._is_article(word))
            if tokens:
                yield content or tokens

    def _find(self, form: Sequence[str], tokens: Sequence[str], alike: Alike) -> set[int]:
        """Return the places of a form: one after the other, or else of its content words."""
        size = len(form)
        starts = range(len(tokens) - size + 1)
        runs = [at for at in starts if all(map(alike, form, tokens[at : at + size]))]
        if runs or size == 1:
            return {at + step for at in runs for step in range(size)}
        content = [word for word in form if not self._is_small(word)] or form
        places = [{at for at, word in enumerate(tokens) if alike(one, word)} for one in content]
        return set().union(*places) if all(places) else set()

    def _same(self, one: str, other: str) -> bool:
        return self._bare(one) == self._bare(other)

    def _same_lemma(self, one: str, other: str) -> bool:
        return self._lemma(one) == self._lemma(other)

    def _same_stem(self, one: str, other: str) -> bool:
        return is_form_of(one, other, self.language)

    def _lemma(self, word: str) -> str:
        lemma = self._bare(self.words.lemma(word, self.language))
        # A reflexive verb's pronoun stands apart in a sentence: levantarse, me levanto.
        return lemma.removesuffix("se") if lemma.endswith("rse") else lemma

    def _is_small(self, word: str) -> bool:
        return is_function_word(word, self.language)

    def _is_article(self, word: str) -> bool:
        return are_articles(word, language=self.language)

    def _bare(self, word: str) -> str:
        return strip_accents(word, self.language)

    def _tokens(self, text: str) -> tuple[str, ...]:
        return read(text, self.language).words
