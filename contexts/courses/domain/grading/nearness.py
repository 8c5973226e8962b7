"""Nearly right answers: one word in another form, one small word missing or too many."""

from contexts.courses.domain.grading.accepted import Accepted, Reading
from contexts.courses.domain.grading.function_words import are_articles, is_function_word
from contexts.courses.domain.grading.typos import is_form_of
from contexts.courses.domain.grading.verdicts import GradeNote, KnownWords
from contexts.shared.language import strip_accents

Change = tuple[str, str]
"""The typed and the wanted word. One is empty for a surplus or missing word."""


def nearly_notes(
    given: Reading, expected: Reading, accepted: Accepted, words: KnownWords
) -> tuple[GradeNote, ...]:
    """Return the only difference of `given` from `expected`; nothing if there are several."""
    changes = _changes(given, expected, accepted.language)
    if changes is None or not given.words:
        return ()
    note = _note(changes, accepted.language, words)
    return () if note is None else (note,)


def _changes(given: Reading, expected: Reading, language: str) -> Change | None:
    """Return the differing stretch, accents aside; None if longer than a word on a side."""
    typed = [strip_accents(word, language) for word in given.words]
    wanted = [strip_accents(word, language) for word in expected.words]
    head = 0
    while head < min(len(typed), len(wanted)) and typed[head] == wanted[head]:
        head += 1
    tail = 0
    while tail < min(len(typed), len(wanted)) - head and typed[-1 - tail] == wanted[-1 - tail]:
        tail += 1
    left, right = given.words[head : len(typed) - tail], expected.words[head : len(wanted) - tail]
    if len(left) > 1 or len(right) > 1:
        return None
    return "".join(left), "".join(right)


def _note(change: Change, language: str, words: KnownWords) -> GradeNote | None:
    typed, wanted = change
    if not typed:
        return GradeNote.MISSING if is_function_word(wanted, language) else None
    if not wanted:
        return GradeNote.EXTRA if is_function_word(typed, language) else None
    if are_articles(typed, wanted, language=language):
        return GradeNote.WORD_FORM
    if not is_form_of(typed, wanted, language):
        return None
    return GradeNote.SPELLING if words.is_word(typed, language) is False else GradeNote.WORD_FORM
