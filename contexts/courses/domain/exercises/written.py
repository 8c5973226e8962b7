"""A whole sentence, written by the learner."""

from dataclasses import dataclass
from random import Random
from typing import Any

from contexts.courses.domain.exercises import shapes
from contexts.courses.domain.exercises.base import Answer, Open
from contexts.courses.domain.grading.texts import grade_text
from contexts.courses.domain.grading.verdicts import Grade, GradingPolicy, KnownWords


@dataclass(frozen=True)
class Written(Open):
    """A whole sentence that is compared with those that are accepted."""

    shape = '{"text": a text of at most 1000 characters}'

    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        text = shapes.text(shapes.only(answer, "text"))
        if text is None:
            raise self.malformed()
        return grade_text(text, self.answers, words=words, policy=policy)


@dataclass(frozen=True)
class Translate(Written):
    type = "translate"

    def _shown(self, random: Random) -> dict[str, Any]:
        del random
        return {"prompt": dict(self.body["prompt"]), "to": self.language}


@dataclass(frozen=True)
class Dictation(Written):
    """What is heard is written down; without `audio` the model answer is read out by a voice."""

    type = "dictation"

    def _shown(self, random: Random) -> dict[str, Any]:
        del random
        shown: dict[str, Any] = {"language": self.language}
        return shown | {k: self.body[k] for k in ("audio", "translation") if k in self.body}
