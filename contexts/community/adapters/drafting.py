"""The embedded draft engine: spelling, a language check and rules, without leaving the machine."""

import time
from collections.abc import Iterator, Sequence
from functools import partial

from rapidfuzz.distance import OSA

from contexts.community.application.ports import Written
from contexts.community.domain.drafts import Draft, Note
from contexts.community.domain.rules import edits_by_rule, without_overlaps
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.assist.languages import other_language
from contexts.shared.database.atomic import refuse_in_transaction
from contexts.shared.language import Edit, Token, diff, strip_accents, tokens

# Suggestions cost some tens of milliseconds a word; what is left then is marked without one.
_SECONDS = 0.6
_NEAR = 2
_SHORTEST = 3


class EmbeddedDraftEngine:
    """`clock` gives seconds; `words` is what knows words."""

    def __init__(self, words: SystemKnownWords | None = None) -> None:
        self._words = words or SystemKnownWords()

    def draft(self, written: Written) -> Draft:
        """Marks of the whole text, within about a second."""
        refuse_in_transaction("a draft engine")
        found = other_language(
            " ".join(written.sentences),
            expected=written.language,
            spoken=written.writers_languages,
        )
        if found is not None:
            # In another language every word would be misspelled.
            none: tuple[Edit, ...] = ()
            return Draft(
                edits=[none for _ in written.sentences],
                notes=[Note(code="other_language", detail=found)],
            )
        return self._marked(written.sentences, written.language)

    def _marked(self, sentences: Sequence[str], language: str) -> Draft:
        until = time.monotonic() + _SECONDS
        edits, notes = list[list[Edit]](), list[Note]()
        for index, sentence in enumerate(sentences):
            made = edits_by_rule(sentence, language)
            for token in self._misspelled(sentence, language):
                meant = self._meant(token.text, language) if time.monotonic() < until else None
                if meant is None:
                    notes.append(Note(code="unknown_word", detail=token.text, sentence=index))
                else:
                    made += _edits(token, meant, language)
            edits.append(without_overlaps(made))
        return Draft(edits=edits, notes=notes)

    def _misspelled(self, sentence: str, language: str) -> Iterator[Token]:
        for token in tokens(sentence):
            # Names and abbreviations are in no dictionary.
            ordinary = token.text.islower() and token.text.replace("'", "").isalpha()
            if ordinary and len(token.text) >= _SHORTEST and self._is_wrong(token.text, language):
                yield token

    def _is_wrong(self, word: str, language: str) -> bool:
        if self._words.is_word(word, language) is not False:
            return False
        # The lists know British and new words that a dictionary lacks, and careless ones too.
        listed = self._words.is_listed(word, language)
        return not listed or self._slip(word, language) is not None

    def _slip(self, word: str, language: str) -> str | None:
        """The suggestion that only adds accents or apostrophes."""
        alike = partial(strip_accents, language=language)
        for suggestion in self._words.suggestions(word, language):
            bare = suggestion.replace("'", "")
            if bare == word or (alike(suggestion) == alike(word) and suggestion != word):
                return suggestion
        return None

    def _meant(self, word: str, language: str) -> str | None:
        slip = self._slip(word, language)
        if slip is not None:
            return slip
        near = [
            (OSA.distance(word, suggestion), place, suggestion)
            for place, suggestion in enumerate(self._words.suggestions(word, language))
            if "-" not in suggestion and suggestion.islower()
        ]
        distance, _, best = min(near, default=(_NEAR + 1, 0, ""))
        return best if distance <= _NEAR else None


def _edits(token: Token, meant: str, language: str) -> list[Edit]:
    """One edit a word, in the categories of the edit engine."""
    [category, *_] = [edit.category for edit in diff(token.text, meant, language=language)]
    return [Edit(token.start, token.end, token.text, meant, category)]
