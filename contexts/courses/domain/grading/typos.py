"""Typos that are forgiven.

One edit (a letter more, less, other, or two neighbors swapped) in a word of at least four
letters, once in four words, and only if the typed text is no word itself: `apto` for `alto` is
another word, `altto` is a slip. Measured on real courses, an edit distance without that guard
accepts every real-word neighbor. A form made by rule and a name are no slips either.
"""

from rapidfuzz.distance import OSA

from contexts.courses.domain.grading.accents import is_forgiven
from contexts.courses.domain.grading.accepted import Accepted, Reading
from contexts.courses.domain.grading.regular_forms import is_regularized
from contexts.courses.domain.grading.verdicts import KnownWords
from contexts.shared.language import strip_accents

_SHORTEST = 4
_WORDS_PER_TYPO = 4


def typos_allowed(given: Reading) -> int:
    return max(1, len(given.words) // _WORDS_PER_TYPO)


def is_typo_of(given: Reading, expected: Reading, *, accepted: Accepted, words: KnownWords) -> bool:
    """Return whether `given` differs from `expected` by typos only, accents aside."""
    if len(given.words) != len(expected.words):
        return False
    language = accepted.language
    pairs = list(zip(given.words, expected.words, strict=True))
    slips = [
        (typed, wanted)
        for typed, wanted in pairs
        if strip_accents(typed, language) != strip_accents(wanted, language)
    ]
    if not all(is_forgiven(typed, wanted, language, words) for typed, wanted in pairs):
        return False
    return 0 < len(slips) <= typos_allowed(given) and all(
        _is_slip(typed, wanted, accepted=accepted, words=words) for typed, wanted in slips
    )


def _is_slip(typed: str, wanted: str, *, accepted: Accepted, words: KnownWords) -> bool:
    language = accepted.language
    return typed not in accepted.vocabulary | accepted.refused and is_slip(
        typed, wanted, language=language, words=words
    )


def is_slip(typed: str, wanted: str, *, language: str, words: KnownWords) -> bool:
    """Return whether one edit leads from a text that is no word to a word of four letters."""
    bare = [strip_accents(word, language) for word in (typed, wanted)]
    if len(wanted) < _SHORTEST or not (typed.isalpha() and wanted.isalpha()):
        return False
    if OSA.distance(*bare) > 1 or words.is_word(typed, language) is not False:
        return False
    if words.is_word(typed.capitalize(), language):
        return False
    return not is_regularized(typed, wanted, language, words)


def is_form_of(typed: str, wanted: str, language: str) -> bool:
    """Return whether two words look like forms of one: a common beginning outweighs the ends."""
    a, b = strip_accents(typed, language), strip_accents(wanted, language)
    if min(len(a), len(b)) < 2 or not (a.isalpha() and b.isalpha()):
        return False
    stem = next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return stem >= max(2, 0.6 * max(len(a), len(b)))
