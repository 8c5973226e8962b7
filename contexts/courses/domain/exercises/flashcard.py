from dataclasses import dataclass
from random import Random
from typing import Any

from contexts.courses.domain.exercises import shapes
from contexts.courses.domain.exercises.base import Answer, Exercise
from contexts.courses.domain.grading.verdicts import (
    Grade,
    GradingPolicy,
    KnownWords,
    Verdict,
    score_of,
)


@dataclass(frozen=True)
class Flashcard(Exercise):
    """The learner turns the card and says whether they knew it; `body["card"]` is the word.

    Both sides are shown: the answer is the learner's own word for it.
    """

    type = "flashcard"
    shape = '{"recalled": true or false}'

    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        recalled = shapes.truth(shapes.only(answer, "recalled"))
        if recalled is None:
            raise self.malformed()
        verdict = Verdict.CORRECT if recalled else Verdict.WRONG
        return Grade(verdict=verdict, expected=self.correct_answer(), score=score_of(verdict))

    def correct_answer(self) -> str:
        return str(self.body["card"]["text"])

    def _shown(self, random: Random) -> dict[str, Any]:
        del random
        return {"word": self.body["word"], "card": dict(self.body["card"])}
