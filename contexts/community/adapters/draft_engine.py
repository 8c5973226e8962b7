"""The embedded draft engine: spelling, a language check and rules, without leaving the machine."""

import time
from collections.abc import Iterator, Sequence
from functools import partial

from rapidfuzz.distance import OSA

from contexts.community.application.ports import Written
from contexts.community.domain.draft_rules import edits_by_rule, without_overlaps
from contexts.community.domain.drafts import Draft, Note
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.assist.languages import other_language
from contexts.shared.database.transactions.atomic import refuse_in_transaction
from contexts.shared.language import Category, Edit, Token, diff, strip_accents, tokens

# An unknown word costs some tens of milliseconds; what is left after that is not checked.
_SECONDS = 0.6
_NEAR = 2
_SHORTEST = 3
_MOST_NOTES = 50
_NO_WORD = "zzq"
_PARTLY = Note(code="partly_checked", detail="spelling")
_NO_DICTIONARY = Note(code="partly_checked", detail="no_dictionary")


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
        # A dictionary is loaded with the first word that it lacks; that is not counted.
        self._words.is_word(_NO_WORD, language)
        until = time.monotonic() + _SECONDS
        edits, unknown, late = list[list[Edit]](), dict[str, Note](), False
        for index, sentence in enumerate(sentences):
            made = edits_by_rule(sentence, language)
            for token in _ordinary(sentence):
                if late := late or time.monotonic() > until:
                    break
                if self._is_wrong(token.text, language):
                    made += self._mended(token, language, index, unknown)
            edits.append(without_overlaps(made))
        notes = [*list(unknown.values())[:_MOST_NOTES], *([_PARTLY] if late else [])]
        if not self._words.spells(language):
            notes.append(_NO_DICTIONARY)
        return Draft(edits=edits, notes=notes)

    def _mended(
        self, token: Token, language: str, index: int, unknown: dict[str, Note]
    ) -> list[Edit]:
        meant = self._meant(token.text, language)
        if meant is not None:
            return [_edit(token, meant, language)]
        note = Note(code="unknown_word", detail=token.text, sentence=index)
        unknown.setdefault(token.text, note)
        return []

    def _is_wrong(self, word: str, language: str) -> bool:
        if not self._words.spells(language) or self._words.is_word(word, language) is not False:
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


def _ordinary(sentence: str) -> Iterator[Token]:
    """The words that a dictionary can judge; names and abbreviations are in none."""
    for token in tokens(sentence):
        plain = token.text.islower() and token.text.replace("'", "").isalpha()
        if plain and len(token.text) >= _SHORTEST:
            yield token


def _edit(token: Token, meant: str, language: str) -> Edit:
    """One edit a word, in the categories of the edit engine."""
    found = {edit.category for edit in diff(token.text, meant, language=language)}
    category = found.pop() if len(found) == 1 else Category.SPELLING
    return Edit(token.start, token.end, token.text, meant, category)
