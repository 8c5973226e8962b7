"""One answer out of a few that are shown."""

from dataclasses import dataclass
from random import Random
from typing import Any

from contexts.courses.domain.exercises import shapes
from contexts.courses.domain.exercises.base import Answer, Exercise, shuffled
from contexts.courses.domain.grading.verdicts import (
    Grade,
    GradingPolicy,
    KnownWords,
    Verdict,
    score_of,
)


@dataclass(frozen=True)
class Choice(Exercise):
    type = "choice"
    shape = '{"choice": one of the options}'

    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        chosen = shapes.text(shapes.only(answer, "choice"))
        if chosen not in self.body["options"] or chosen is None:
            raise self.malformed()
        verdict = Verdict.CORRECT if chosen == self.body["answer"] else Verdict.WRONG
        return Grade(
            verdict=verdict,
            expected=self.correct_answer(),
            given=chosen,
            why=self.why(chosen),
            score=score_of(verdict),
        )

    def correct_answer(self) -> str:
        return str(self.body["answer"])

    def _shown(self, random: Random) -> dict[str, Any]:
        options = shuffled(self.body["options"], random)
        return {"prompt": dict(self.body["prompt"]), "options": options}


@dataclass(frozen=True)
class TrueFalse(Exercise):
    type = "true_false"
    shape = '{"value": true or false}'

    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        value = shapes.truth(shapes.only(answer, "value"))
        if value is None:
            raise self.malformed()
        given = "true" if value else "false"
        verdict = Verdict.CORRECT if given == self.body["answer"] else Verdict.WRONG
        return Grade(
            verdict=verdict,
            expected=self.correct_answer(),
            given=given,
            why=self.why(given),
            score=score_of(verdict),
        )

    def correct_answer(self) -> str:
        return str(self.body["answer"])

    def _shown(self, random: Random) -> dict[str, Any]:
        del random
        return {"statement": dict(self.body["statement"])}
