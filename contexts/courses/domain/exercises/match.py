from dataclasses import dataclass
from random import Random
from typing import Any

from contexts.courses.domain.exercises import shapes
from contexts.courses.domain.exercises.base import Answer, Exercise, shuffled
from contexts.courses.domain.grading.verdicts import Grade, GradingPolicy, KnownWords, Verdict


@dataclass(frozen=True)
class Match(Exercise):
    """Left-hand sides to be joined to right-hand sides; the score is the share that is right."""

    type = "match"
    shape = '{"pairs": [[a left-hand side, a right-hand side], each left at most once]}'

    @property
    def pairs(self) -> dict[str, str]:
        return {pair["left"]: pair["right"] for pair in self.body["pairs"]}

    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        given = self._given(answer)
        right = sum(self.pairs[left] == chosen for left, chosen in given.items())
        return Grade(
            verdict=Verdict.CORRECT if right == len(self.pairs) else Verdict.WRONG,
            expected=self.correct_answer(),
            given=_listed(given),
            score=right / len(self.pairs),
        )

    def correct_answer(self) -> str:
        return _listed(self.pairs)

    def _given(self, answer: Answer) -> dict[str, str]:
        pairs, expected = shapes.pairs(shapes.only(answer, "pairs"), most=8), self.pairs
        if pairs is None or len(dict(pairs)) != len(pairs):
            raise self.malformed()
        if not (
            set(dict(pairs)) <= set(expected) and {b for _, b in pairs} <= {*expected.values()}
        ):
            raise self.malformed()
        return dict(pairs)

    def _shown(self, random: Random) -> dict[str, Any]:
        pairs = self.pairs
        return {"left": list(pairs), "right": shuffled(list(pairs.values()), random)}


def _listed(pairs: dict[str, str]) -> str:
    return "; ".join(f"{left} = {right}" for left, right in pairs.items())
