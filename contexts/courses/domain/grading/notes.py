"""Notes on answers with the right words: case, marks, accents, short forms."""

from itertools import zip_longest

from contexts.courses.domain.grading.accepted import Reading
from contexts.courses.domain.grading.verdicts import GradeNote
from contexts.shared.language import (
    Category,
    Edit,
    bare,
    fold,
    lower,
    plain,
    strip_accents,
    tokens,
    words,
)

_FREE_AT_THE_END = ".。"


def notes_on(given: Reading, expected: Reading, language: str) -> tuple[GradeNote, ...]:
    """Return the notes in a fixed order. A final full stop and a first capital get none."""
    found = (*_word_notes(given, expected, language), *_mark_notes(given.text, expected.text))
    return tuple(note for note in GradeNote if note in found)


def is_free(edit: Edit, given: str) -> bool:
    """Return whether an edit only concerns a last stop or a first capital."""
    if edit.category is Category.CASE:
        return not words(given[: edit.start])
    marks = (edit.old + edit.new).strip()
    at_end = not given[edit.end :].strip()
    return edit.category is Category.PUNCTUATION and at_end and marks in _FREE_AT_THE_END


def _word_notes(given: Reading, expected: Reading, language: str) -> set[GradeNote]:
    if len(given.surface) != len(expected.surface):
        return {GradeNote.CONTRACTION} | _accent_notes(given, expected, language)
    pairs = list(zip(given.surface, expected.surface, strict=True))
    return {
        note
        for at, (typed, wanted) in enumerate(pairs)
        if (note := _word_note(typed, wanted, language=language, first=at == 0)) is not None
    }


def _word_note(typed: str, wanted: str, *, language: str, first: bool) -> GradeNote | None:
    typed, wanted = fold(typed, language), fold(wanted, language)
    if typed == wanted:
        return None
    small, wanted_small = lower(typed, language), lower(wanted, language)
    if small == wanted_small:
        return None if first and typed[1:] == wanted[1:] else GradeNote.CASE
    if typed.casefold() == wanted.casefold():
        return GradeNote.SPELLING_VARIANT
    if strip_accents(small, language) == strip_accents(wanted_small, language):
        return GradeNote.ACCENT
    if bare(small, language) == bare(wanted_small, language):
        return GradeNote.SPELLING_VARIANT
    return GradeNote.PUNCTUATION if typed.replace("'", "") == wanted.replace("'", "") else None


def _accent_notes(given: Reading, expected: Reading, language: str) -> set[GradeNote]:
    pairs = zip_longest(given.words, expected.words, fillvalue="")
    return {
        GradeNote.ACCENT
        for typed, wanted in pairs
        if typed != wanted and strip_accents(typed, language) == strip_accents(wanted, language)
    }


def _mark_notes(given: str, expected: str) -> set[GradeNote]:
    return {GradeNote.PUNCTUATION} if _marks(given) != _marks(expected) else set()


def _marks(text: str) -> list[str]:
    bare = plain(text).rstrip(_FREE_AT_THE_END).rstrip()
    return [token.text for token in tokens(bare) if not token.is_word]
