"""A text with gaps, filled by choosing or by typing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from contexts.courses.domain.exercises import shapes
from contexts.courses.domain.exercises.base import Answer, Exercise, shuffled
from contexts.courses.domain.grading.accepted import Accepted
from contexts.courses.domain.grading.patterns import expand_patterns
from contexts.courses.domain.grading.texts import Answers, grade_text
from contexts.courses.domain.grading.verdicts import (
    Grade,
    GradingPolicy,
    KnownWords,
    Note,
    Verdict,
    score_of,
)
from contexts.shared.language import diff

GAP = "___"


@dataclass(frozen=True)
class _Gaps(Exercise):
    @property
    def size(self) -> int:
        return len(self.body["gaps"])

    def filled(self, fillings: Sequence[str]) -> str:
        """The text with its gaps filled, each once, from the first."""
        first, *rest = str(self.body["text"]).split(GAP)
        return first + "".join(a + b for a, b in zip(fillings, rest, strict=True))

    def _given(self, answer: Answer) -> tuple[str, ...]:
        given = shapes.texts(shapes.only(answer, "gaps"), most=self.size)
        if given is None or len(given) != self.size:
            raise self.malformed()
        return given

    def _text(self) -> dict[str, Any]:
        shown = {"text": self.body["text"]}
        return shown | ({k: self.body[k] for k in ("translation",) if k in self.body})


@dataclass(frozen=True)
class GapChoose(_Gaps):
    type = "gap_choose"
    shape = '{"gaps": [one of the options of each gap]}'

    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        given = self._given(answer)
        gaps = self.body["gaps"]
        if any(text not in gap["options"] for text, gap in zip(given, gaps, strict=True)):
            raise self.malformed()
        right = sum(text == gap["answer"] for text, gap in zip(given, gaps, strict=True))
        verdict = Verdict.CORRECT if right == self.size else Verdict.WRONG
        filled, expected = self.filled(given), self.correct_answer()
        return Grade(
            verdict=verdict,
            expected=expected,
            given=filled,
            edits=diff(filled, expected, language=self.language),
            why=self._why(given),
            score=right / self.size,
        )

    def correct_answer(self) -> str:
        return self.filled([gap["answer"] for gap in self.body["gaps"]])

    def _why(self, given: Sequence[str]) -> Any:
        wrong = (t for t, gap in zip(given, self.body["gaps"], strict=True) if t != gap["answer"])
        return next((why for text in wrong if (why := self.why(text)) is not None), None)

    def _shown(self, random: Random) -> dict[str, Any]:
        gaps = [{"options": shuffled(gap["options"], random)} for gap in self.body["gaps"]]
        return {**self._text(), "gaps": gaps}


@dataclass(frozen=True)
class GapType(_Gaps):
    type = "gap_type"
    shape = '{"gaps": [a text of at most 1000 characters for each gap]}'

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """A gap each; the mistakes that teachers listed are about the first."""
        return tuple(
            Answers(
                Accepted(expand_patterns(gap["answers"]), self.language),
                () if at else self.mistakes,
            )
            for at, gap in enumerate(self.body["gaps"])
        )

    def check(self) -> None:
        _ = self.answers

    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        given = self._given(answer)
        grades = [
            grade_text(text, answers, words=words, policy=policy)
            for text, answers in zip(given, self.answers, strict=True)
        ]
        verdict = max((grade.verdict for grade in grades), key=lambda verdict: verdict.rank)
        filled, expected = self.filled(given), self.filled([grade.expected for grade in grades])
        found = {note for grade in grades for note in grade.notes}
        return Grade(
            verdict=verdict,
            expected=expected,
            given=filled,
            notes=tuple(note for note in Note if note in found),
            edits=()
            if verdict is Verdict.CORRECT
            else diff(
                filled,
                expected,
                language=self.language,
                is_word=lambda word: words.is_word(word, self.language) is True,
            ),
            why=grades[0].why,
            score=sum(score_of(grade.verdict) for grade in grades) / self.size,
        )

    def correct_answer(self) -> str:
        return self.filled([answers.model for answers in self.answers])

    def _shown(self, random: Random) -> dict[str, Any]:
        del random
        return {**self._text(), "gaps": self.size}
