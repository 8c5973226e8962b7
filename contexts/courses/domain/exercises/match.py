"""Two columns whose entries are to be paired."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from contexts.courses.domain import formats
from contexts.courses.domain.exercises.base import AnswerText, Exercise, Presented, shuffled
from contexts.courses.domain.exercises.bodies import Fault, Using, repeated
from contexts.courses.domain.grading.credit import Recall
from contexts.courses.domain.grading.verdicts import Grade, GradingPolicy, KnownWords, Verdict
from contexts.courses.domain.reviews import Ask
from contexts.shared.language import plain

MOST_PAIRS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    left: formats.Text
    right: formats.Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchBody(Using):
    type: Literal["match"]
    pairs: Annotated[list[Pair], MinLen(2), MaxLen(MOST_PAIRS)]

    def faults(self, language: str) -> Iterator[Fault]:
        del language
        yield from repeated(("pairs",), [pair.left for pair in self.pairs])
        yield from repeated(("pairs",), [pair.right for pair in self.pairs])


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAnswer:
    pairs: Annotated[
        list[Annotated[list[AnswerText], MinLen(2), MaxLen(2)]],
        MaxLen(MOST_PAIRS),
        "Each a left and a right side; a left side at most once.",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedMatch(Presented):
    """Each left side belongs to one right side."""

    type: Literal["match"]
    left: list[str]
    right: list[str]


class Match(Exercise[MatchBody, MatchAnswer]):
    """The score is the share of right pairs."""

    body_type, answer_type, presented_type = MatchBody, MatchAnswer, PresentedMatch
    shape = '{"pairs": [[a left-hand side, a right-hand side], each left at most once]}'
    asks_by = Ask.RECOGNITION

    @cached_property
    def pairs(self) -> Mapping[str, str]:
        return {pair.left: pair.right for pair in self.body.pairs}

    def presented(self, random: Random) -> PresentedMatch:
        right = shuffled([*self.pairs.values()], random)
        return PresentedMatch(**self.common, left=[*self.pairs], right=right)

    def graded(self, answer: MatchAnswer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        given = self._given(answer)
        right = sum(self.pairs[left] == chosen for left, chosen in given.items())
        return Grade(
            verdict=Verdict.CORRECT if right == len(self.pairs) else Verdict.WRONG,
            expected=self.correct_answer(),
            given=_listed(given),
            score=right / len(self.pairs),
        )

    def forgotten(self, answer: MatchAnswer, grade: Grade, *, words: KnownWords) -> Set[str]:
        """Return the items of the pairs that are wrong or left out."""
        del grade
        given = self._given(answer)
        failed: set[str] = set()
        for left, right in self.pairs.items():
            if given.get(left) != right:
                failed |= self._items_of(left, right, words)
        return failed

    def unasked(self, grade: Grade, *, words: KnownWords) -> Set[str]:
        del grade, words
        return frozenset()

    def _items_of(self, left: str, right: str, words: KnownWords) -> Set[str]:
        texts = {item: self.texts.get(item, ()) for item in self.uses}
        pair = {_plain(left), _plain(right)}
        if exact := {item for item, own in texts.items() if {*map(_plain, own)} <= pair and own}:
            return exact
        return Recall("", f"{left} {right}", texts, self.language, words).forgotten()

    def correct_answer(self) -> str:
        return _listed(self.pairs)

    def _given(self, answer: MatchAnswer) -> dict[str, str]:
        given = {pair[0]: pair[1] for pair in answer.pairs}
        if len(given) != len(answer.pairs) or not (
            set(given) <= set(self.pairs) and {*given.values()} <= {*self.pairs.values()}
        ):
            raise self.malformed()
        return given


def _plain(text: str) -> str:
    return plain(text).casefold()


def _listed(pairs: Mapping[str, str]) -> str:
    return "; ".join(f"{left} = {right}" for left, right in pairs.items())
