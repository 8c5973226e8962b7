"""Texts of the learner's own: a task for people to read, and a sentence of theirs to mend."""

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from contexts.courses.domain.exercises import shapes
from contexts.courses.domain.exercises.base import Answer, Exercise
from contexts.courses.domain.exercises.written import Written
from contexts.courses.domain.grading.accepted import Accepted
from contexts.courses.domain.grading.texts import Answers
from contexts.courses.domain.grading.verdicts import (
    Grade,
    GradingPolicy,
    KnownWords,
    Verdict,
    score_of,
)

LONGEST_WRITING = 5000


@dataclass(frozen=True)
class Write(Exercise):
    """A free text, which no machine grades: members of the community answer it."""

    type = "write"
    shape = f'{{"text": a text of 1 to {LONGEST_WRITING} characters}}'

    def writing(self, answer: Answer) -> str:
        """The learner's text. Raises MalformedAnswer."""
        text = shapes.text(shapes.only(answer, "text"), longest=LONGEST_WRITING)
        if text is None or not text.strip():
            raise self.malformed()
        return text

    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        self.writing(answer)
        return Grade(verdict=Verdict.SUBMITTED, expected="", score=score_of(Verdict.SUBMITTED))

    def correct_answer(self) -> str:
        return ""

    def _shown(self, random: Random) -> dict[str, Any]:
        del random
        return {"prompt": dict(self.body["prompt"]), "to": self.language}


@dataclass(frozen=True)
class Correct(Written):
    """A sentence that the learner once wrote, with the one mistake that it is kept for."""

    type = "correct"

    @cached_property
    def answers(self) -> Answers:
        # A person's sentence is no pattern: its brackets are brackets.
        return Answers(Accepted((self.body["corrected"],), self.language), ())

    def _shown(self, random: Random) -> dict[str, Any]:
        del random
        return {"sentence": self.body["sentence"]}
