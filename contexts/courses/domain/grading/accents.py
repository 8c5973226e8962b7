"""Accents that an answer may lack.

A dropped accent is a habit of keyboards, and costs a note. An accent that makes another word or
form is a mistake: `habló` for `hablo`, `avô` for `avó`.
"""

import unicodedata

from contexts.courses.domain.grading.accepted import Reading
from contexts.courses.domain.grading.verdicts import KnownWords
from contexts.shared.language import strip_accents


def are_forgiven(given: Reading, expected: Reading, language: str, words: KnownWords) -> bool:
    """Return whether no accent of an answer makes another word of one that was wanted."""
    if len(given.words) != len(expected.words):
        return True
    return all(
        is_forgiven(typed, wanted, language, words)
        for typed, wanted in zip(given.words, expected.words, strict=True)
    )


def is_forgiven(typed: str, wanted: str, language: str, words: KnownWords) -> bool:
    """Return whether `typed` is `wanted` but for accents that may be dropped or slipped."""
    if typed == wanted or words.is_word(typed, language) is not True:
        return True
    if strip_accents(typed, language) != strip_accents(wanted, language):
        return True
    if not _is_dropped(typed, wanted):
        return False
    # hablo for habló is another form; esta for está, or estan for están, is a habit of keyboards.
    is_at_the_end = typed[:-1] == wanted[:-1]
    lemma = words.lemma(wanted, language)
    if not is_at_the_end or words.lemma(typed, language) != lemma:
        return True
    # Word lists also hold words without their accent.
    bare = strip_accents(lemma, language)
    return bare != lemma or bare == strip_accents(wanted, language)


def _is_dropped(typed: str, wanted: str) -> bool:
    pairs = zip(
        unicodedata.normalize("NFC", typed), unicodedata.normalize("NFC", wanted), strict=False
    )
    return all(one in (other, unicodedata.normalize("NFD", other)[0]) for one, other in pairs)
