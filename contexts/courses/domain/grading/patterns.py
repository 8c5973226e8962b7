"""Answers written as patterns: `{a|b}` is a choice, `[x]` is optional, both nest, `\\` escapes.

docs/coursepack.md has the grammar. The number of answers is known before any is made, so that an
exploding pattern costs only its parsing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from contexts.shared.kernel import Invalid

MOST_ANSWERS = 2000
MOST_DEPTH = 20
LONGEST_ANSWER = 1000
_SPECIAL = frozenset("{}[]|\\")


class PatternError(Invalid):
    """`position` is the index of the first wrong character."""

    code = "pattern_error"
    message = "Column {column}: {reason}"

    def __init__(self, reason: str, position: int) -> None:
        self.reason, self.position = reason, position
        super().__init__(reason=reason, column=position + 1)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Alternatives, each a sequence of plain texts and choices."""

    options: tuple[tuple["str | _Choice", ...], ...]
    count: int


def expand_pattern(pattern: str) -> tuple[str, ...]:
    """Return every distinct answer of a pattern, its first alternative with all options first.

    White space is squeezed. Raises PatternError for bad syntax, an empty or too long answer, and
    for more than MOST_ANSWERS answers.
    """
    answers = tuple(dict.fromkeys(plain_spaces(text) for text in _spelled(parse_pattern(pattern))))
    if "" in answers:
        raise PatternError("the pattern can be empty", 0)
    if any(len(answer) > LONGEST_ANSWER for answer in answers):
        raise PatternError(f"an answer is longer than {LONGEST_ANSWER} characters", 0)
    return answers


def expand_patterns(patterns: Iterable[str]) -> tuple[str, ...]:
    """Return the answers of a list of patterns, in order. Raises PatternError."""
    listed = tuple(patterns)
    total = sum(count_answers(pattern) for pattern in listed)
    if total > MOST_ANSWERS:
        raise PatternError(_too_many(total), 0)
    return tuple(dict.fromkeys(text for pattern in listed for text in expand_pattern(pattern)))


def model_answer(patterns: Sequence[str]) -> str:
    """Return the first answer of a list of patterns, which learners are shown."""
    return expand_patterns(patterns)[0]


def count_answers(pattern: str) -> int:
    """Return the number of answers, duplicates included. Raises PatternError."""
    return parse_pattern(pattern).count


def plain_spaces(text: str) -> str:
    return " ".join(text.split())


def parse_pattern(pattern: str) -> _Choice:
    """Return the pattern's tree. Raises PatternError, also for too many answers."""
    return _Parser(pattern).whole()


def _too_many(count: int) -> str:
    shown = f"{count:,}" if count < 10**9 else "more than a billion"
    return f"{shown} answers, at most {MOST_ANSWERS:,} are allowed"


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def whole(self) -> _Choice:
        root = self._choice("", 0, 0)
        if self.at < len(self.text):
            raise PatternError(f"“{self.text[self.at]}” closes nothing here", self.at)
        return root

    def _choice(self, closing: str, opened: int, depth: int) -> _Choice:
        if depth > MOST_DEPTH:
            raise PatternError(f"nested deeper than {MOST_DEPTH}", opened)
        options = [self._sequence(depth)]
        while closing == "}" and self._peek() == "|":
            self.at += 1
            options.append(self._sequence(depth))
        if closing and self._peek() != closing:
            raise self._unclosed(closing, opened)
        if closing == "]":
            options.append(())
        self.at += bool(closing)
        return _Choice(tuple(options), self._counted(options, opened))

    def _unclosed(self, closing: str, opened: int) -> PatternError:
        if self.at < len(self.text):
            return PatternError(f"“{self.text[self.at]}” where “{closing}” was due", self.at)
        return PatternError(f"“{self.text[opened]}” is never closed", opened)

    def _counted(self, options: list[tuple["str | _Choice", ...]], opened: int) -> int:
        total = sum(_product(option) for option in options)
        if total > MOST_ANSWERS:
            raise PatternError(_too_many(total), opened)
        return total

    def _sequence(self, depth: int) -> tuple["str | _Choice", ...]:
        parts: list[str | _Choice] = []
        while (char := self._peek()) and char not in "}]|":
            if char in "{[":
                opened = self.at
                self.at += 1
                parts.append(self._choice("}" if char == "{" else "]", opened, depth + 1))
            else:
                parts.append(self._plain())
        return tuple(parts)

    def _plain(self) -> str:
        chars: list[str] = []
        while (char := self._peek()) and (char == "\\" or char not in _SPECIAL):
            chars.append(self._escaped() if char == "\\" else char)
            self.at += 1
        return "".join(chars)

    def _escaped(self) -> str:
        self.at += 1
        char = self._peek()
        if char == "" or char not in _SPECIAL:
            raise PatternError("“\\” stands before none of { } [ ] | \\", self.at - 1)
        return char

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]


def _product(parts: tuple["str | _Choice", ...]) -> int:
    count = 1
    for part in parts:
        if isinstance(part, _Choice):
            # Held just above the limit: a product of thousands of factors is a slow number.
            count = min(count * part.count, 10**9)
    return count


def _spelled(choice: _Choice) -> Iterator[str]:
    for option in choice.options:
        parts = [(part,) if isinstance(part, str) else tuple(_spelled(part)) for part in option]
        yield from ("".join(combination) for combination in product(*parts))
