"""Alignment of the tokens of two texts (weighted Damerau distance)."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import OSA

from contexts.shared.language.normalization import strip_accents
from contexts.shared.language.tokens import Token

Step = tuple[int, int, int, int]
"""A half-open range of the first text's tokens and the matching range of the second's."""

_GAP = 1.0
_SWAP = 0.6
_NEVER = 10.0
_CELLS = 250_000


def align(left: Sequence[Token], right: Sequence[Token], language: str) -> list[Step]:
    """Return steps that cover both sequences in order: 1:1 pairs, 1:0, 0:1 and 2:2 swaps.

    To bound the time, texts with more than some hundred different tokens are first split at equal
    runs. A stretch that is still too long becomes one n:m step.
    """
    head = _common(left, right)
    tail = _common(left[head:][::-1], right[head:][::-1])
    first, last = (head, head), (len(left) - tail, len(right) - tail)
    return [
        *((i, i + 1, i, i + 1) for i in range(head)),
        *_middle(left, right, (first[0], last[0], first[1], last[1]), language),
        *((last[0] + i, last[0] + i + 1, last[1] + i, last[1] + i + 1) for i in range(tail)),
    ]


def _common(left: Sequence[Token], right: Sequence[Token]) -> int:
    pairs = zip(left, right, strict=False)
    return next(
        (n for n, (a, b) in enumerate(pairs) if a.text != b.text), min(len(left), len(right))
    )


def _middle(left: Sequence[Token], right: Sequence[Token], span: Step, language: str) -> list[Step]:
    a, b, c, d = span
    if (b - a) * (d - c) <= _CELLS:
        return _shifted(_dynamic(left[a:b], right[c:d], language), a, c)
    steps: list[Step] = []
    runs = SequenceMatcher(
        None, [t.text for t in left[a:b]], [t.text for t in right[c:d]], autojunk=False
    ).get_matching_blocks()
    i, j = a, c
    for run in runs:
        steps += _stretch(left, right, (i, a + run.a, j, c + run.b), language)
        i, j = a + run.a, c + run.b
        steps += [(i + n, i + n + 1, j + n, j + n + 1) for n in range(run.size)]
        i, j = i + run.size, j + run.size
    return steps


def _stretch(
    left: Sequence[Token], right: Sequence[Token], span: Step, language: str
) -> list[Step]:
    a, b, c, d = span
    if (b - a) * (d - c) > _CELLS:
        return [span]
    return _shifted(_dynamic(left[a:b], right[c:d], language), a, c)


def _shifted(steps: list[Step], i: int, j: int) -> list[Step]:
    return [(a + i, b + i, c + j, d + j) for a, b, c, d in steps]


def _dynamic(left: Sequence[Token], right: Sequence[Token], language: str) -> list[Step]:
    costs: dict[tuple[str, str], float] = {}
    table = [[j * _GAP for j in range(len(right) + 1)]]
    for i, old in enumerate(left, 1):
        row = [i * _GAP]
        for j, new in enumerate(right, 1):
            key = (old.text, new.text)
            if key not in costs:
                costs[key] = substitution_cost(old, new, language)
            best = min(table[i - 1][j - 1] + costs[key], table[i - 1][j] + _GAP, row[j - 1] + _GAP)
            if _swapped(left, right, i, j):
                best = min(best, table[i - 2][j - 2] + _SWAP)
            row.append(best)
        table.append(row)
    return _trace(left, right, table, costs)


def _trace(
    left: Sequence[Token],
    right: Sequence[Token],
    table: list[list[float]],
    costs: dict[tuple[str, str], float],
) -> list[Step]:
    steps: list[Step] = []
    i, j = len(left), len(right)
    while i or j:
        di, dj = _last_move(left, right, table, costs, (i, j))
        steps.append((i - di, i, j - dj, j))
        i, j = i - di, j - dj
    return steps[::-1]


def _last_move(
    left: Sequence[Token],
    right: Sequence[Token],
    table: list[list[float]],
    costs: dict[tuple[str, str], float],
    cell: tuple[int, int],
) -> tuple[int, int]:
    i, j = cell
    here = table[i][j]
    if i and j:
        if here == table[i - 1][j - 1] + costs[left[i - 1].text, right[j - 1].text]:
            return 1, 1
        if _swapped(left, right, i, j) and here == table[i - 2][j - 2] + _SWAP:
            return 2, 2
    return (1, 0) if i and here == table[i - 1][j] + _GAP else (0, 1)


def _swapped(left: Sequence[Token], right: Sequence[Token], i: int, j: int) -> bool:
    if i < 2 or j < 2:
        return False
    pair = (left[i - 2].text.casefold(), left[i - 1].text.casefold())
    other = (right[j - 1].text.casefold(), right[j - 2].text.casefold())
    return pair == other and pair[0] != pair[1] and left[i - 1].is_word and left[i - 2].is_word


def substitution_cost(old: Token, new: Token, language: str) -> float:
    """Return 0 for equal texts, a little for case and accents, up to 1.6 for unlike words."""
    if old.text == new.text:
        return 0.0
    if old.kind is not new.kind:
        return _NEVER
    if not old.is_word:
        return 0.5
    low, other = old.text.casefold(), new.text.casefold()
    if low == other:
        return 0.1
    if strip_accents(low, language) == strip_accents(other, language):
        return 0.15
    return 0.3 + 1.3 * OSA.normalized_distance(low, other)
