"""The edits between a text and its correction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from contexts.shared.language.alignment import Step, align
from contexts.shared.language.edits import Category, Edit
from contexts.shared.language.normalization import nfc, strip_accents
from contexts.shared.language.tokens import Token, tokens

IsWord = Callable[[str], bool]

_ALIKE = 0.5
_PURE_GAPS = (Category.MISSING, Category.EXTRA, Category.PUNCTUATION)


def diff(
    original: str,
    corrected: str,
    *,
    language: str = "",
    is_word: IsWord | None = None,
) -> tuple[Edit, ...]:
    """Return the edits that turn `original` into `corrected`, sorted and without overlaps.

    `apply(original, diff(original, corrected))` is `corrected` in NFC. `is_word` distinguishes a
    wrong form of a word (`word_form`) from a misspelling (`spelling`). Without it all are
    `spelling`.
    """
    old, new = nfc(original), nfc(corrected)
    left, right = tokens(old), tokens(new)
    edits: list[Edit] = []
    old_at = new_at = 0
    for step in align(left, right, language):
        places = (old_at, new_at)
        for edit in _step(
            step, (old, new), (left, right), places, language=language, is_word=is_word
        ):
            _append(edits, edit)
        old_at = left[step[1] - 1].end if step[1] else 0
        new_at = right[step[3] - 1].end if step[3] else 0
    _append(edits, _space((old, new), (old_at, len(old)), (new_at, len(new))))
    return tuple(_moved(edits))


def _step(
    step: Step,
    texts: tuple[str, str],
    sides: tuple[Sequence[Token], Sequence[Token]],
    at: tuple[int, int],
    *,
    language: str,
    is_word: IsWord | None,
) -> Iterator[Edit]:
    olds, news = sides[0][step[0] : step[1]], sides[1][step[2] : step[3]]
    (old, new), (old_at, new_at) = texts, at
    if not olds:
        text = new[new_at : news[-1].end]
        yield Edit(old_at, old_at, "", text, _gap(news[-1], Category.MISSING))
    elif not news:
        text = old[old_at : olds[-1].end]
        yield Edit(old_at, olds[-1].end, text, "", _gap(olds[-1], Category.EXTRA))
    else:
        yield _space(texts, (old_at, olds[0].start), (new_at, news[0].start))
        start, end = olds[0].start, olds[-1].end
        before, after = old[start:end], new[news[0].start : news[-1].end]
        yield Edit(start, end, before, after, _changed(olds, news, language, is_word))


def _gap(token: Token, category: Category) -> Category:
    return category if token.is_word else Category.PUNCTUATION


def _changed(
    olds: Sequence[Token], news: Sequence[Token], language: str, is_word: IsWord | None
) -> Category:
    if len(olds) == len(news) == 1:
        return categorize(olds[0], news[0], language=language, is_word=is_word)
    same = sorted(t.text.casefold() for t in olds) == sorted(t.text.casefold() for t in news)
    return Category.WORD_ORDER if same else Category.REPLACEMENT


def categorize(old: Token, new: Token, *, language: str, is_word: IsWord | None) -> Category:
    """Return the category of the change from one token to another."""
    if not old.is_word:
        return Category.PUNCTUATION
    low, other = old.text.casefold(), new.text.casefold()
    if low == other:
        return Category.CASE
    if strip_accents(low, language) == strip_accents(other, language):
        return Category.ACCENT
    if OSA.normalized_similarity(low, other) < _ALIKE:
        return Category.REPLACEMENT
    return Category.WORD_FORM if is_word is not None and is_word(old.text) else Category.SPELLING


def _space(texts: tuple[str, str], old: tuple[int, int], new: tuple[int, int]) -> Edit:
    before, after = texts[0][old[0] : old[1]], texts[1][new[0] : new[1]]
    return Edit(old[0], old[1], before, after, Category.WHITESPACE)


def _append(edits: list[Edit], edit: Edit) -> None:
    """Add an edit. Joins it to the last one if they touch and belong together."""
    if edit.old == edit.new:
        return
    last = edits[-1] if edits else None
    if last is None or last.end != edit.start or not _belong(last, edit):
        edits.append(edit)
        return
    spaced = edit.category is Category.WHITESPACE
    category = last.category if spaced else edit.category
    if Category.MISSING in (last.category, edit.category) and not spaced:
        category = Category.MISSING
    edits[-1] = Edit(last.start, edit.end, last.old + edit.old, last.new + edit.new, category)


def _belong(last: Edit, edit: Edit) -> bool:
    if edit.start == edit.end == last.start:
        return True
    return edit.category is Category.WHITESPACE and last.category in _PURE_GAPS


def _moved(edits: list[Edit]) -> list[Edit]:
    """Return the edits. A word removed in one place and added in another gets WORD_ORDER."""
    gone = {e.old.strip().casefold() for e in edits if e.category is Category.EXTRA}
    come = {e.new.strip().casefold() for e in edits if e.category is Category.MISSING}
    return [
        replace(e, category=Category.WORD_ORDER)
        if e.category in (Category.EXTRA, Category.MISSING)
        and (e.old or e.new).strip().casefold() in gone & come
        else e
        for e in edits
    ]
