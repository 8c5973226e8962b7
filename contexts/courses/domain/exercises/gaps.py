"""A text with gaps, filled by choosing or by typing."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Annotated, Literal, TypeVar

from annotated_types import MaxLen, MinLen

from contexts.courses.domain import formats
from contexts.courses.domain.exercises.base import (
    AnswerText,
    Exercise,
    Presented,
    is_accepted,
    shuffled,
)
from contexts.courses.domain.exercises.bodies import Explained, Fault, Path, option_faults
from contexts.courses.domain.grading.accepted import read
from contexts.courses.domain.grading.texts import Answers, grade_text
from contexts.courses.domain.grading.verdicts import (
    Grade,
    GradeNote,
    GradingPolicy,
    KnownWords,
    Verdict,
    score_of,
)
from contexts.courses.domain.reviews import Ask
from contexts.shared.kernel.shapes import ABSENT_IF_NONE
from contexts.shared.language import diff

GAP = "___"
MOST_GAPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenGap:
    options: formats.Options
    answer: formats.Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedGap:
    answers: formats.Patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChooseBody(Explained):
    type: Literal["gap_choose"]
    text: formats.Text
    gaps: Annotated[list[ChosenGap], MinLen(1), MaxLen(MOST_GAPS)]
    translation: formats.Text | None = None

    def faults(self, language: str) -> Iterator[Fault]:
        del language
        yield from _gap_count(self.text, len(self.gaps))
        for at, gap in enumerate(self.gaps):
            yield from option_faults(("gaps", at), gap.options, gap.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapTypeBody(Explained):
    type: Literal["gap_type"]
    text: formats.Text
    gaps: Annotated[list[TypedGap], MinLen(1), MaxLen(MOST_GAPS)]
    translation: formats.Text | None = None

    def patterns(self) -> Iterator[tuple[Path, Sequence[str]]]:
        for at, gap in enumerate(self.gaps):
            yield ("gaps", at, "answers"), gap.answers

    def faults(self, language: str) -> Iterator[Fault]:
        del language
        return _gap_count(self.text, len(self.gaps))


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsAnswer:
    gaps: Annotated[list[AnswerText], MaxLen(MOST_GAPS), "A text for each gap."]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapOptions:
    options: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedGapChoose(Presented):
    """A text in which each `___` is filled with one of its options."""

    type: Literal["gap_choose"]
    text: str
    gaps: list[GapOptions]
    translation: Annotated[str | None, ABSENT_IF_NONE] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedGapType(Presented):
    """A text in which each `___` is filled by typing."""

    type: Literal["gap_type"]
    text: str
    gaps: Annotated[int, "How many there are."]
    translation: Annotated[str | None, ABSENT_IF_NONE] = None


B = TypeVar("B", GapChooseBody, GapTypeBody)


class _Gaps(Exercise[B, GapsAnswer]):
    answer_type = GapsAnswer

    @property
    def size(self) -> int:
        return len(self.body.gaps)

    def filled(self, fillings: Sequence[str]) -> str:
        """Return the text with its gaps filled in order."""
        first, *rest = self.body.text.split(GAP)
        return first + "".join(a + b for a, b in zip(fillings, rest, strict=True))

    def read(self, answer: object) -> GapsAnswer:
        found = super().read(answer)
        if len(found.gaps) != self.size:
            raise self.malformed()
        return found

    def unasked(self, grade: Grade, *, words: KnownWords) -> Set[str]:
        """Return the items that stand outside the gaps, where learners read them."""
        recall = self.recall(grade, words=words)
        return {*self.uses} - recall.at([*self._gap_places(grade.expected)])

    def _gap_places(self, filled: str) -> Iterator[int]:
        """Yield the places of the gaps among the words of a filled text."""
        first, *rest = self.body.text.split(GAP)
        at = len(first)
        for after in rest:
            end = filled.find(after, at) if after.strip() else len(filled)
            before = len(read(filled[:at], self.language).words)
            yield from range(before, before + len(read(filled[at:end], self.language).words))
            at = end + len(after)

    def forgotten(self, answer: GapsAnswer, grade: Grade, *, words: KnownWords) -> Set[str]:
        del answer
        recall = self.recall(grade, words=words, in_place=True)
        return recall.forgotten() or recall.beside_missing()


class GapChoose(_Gaps[GapChooseBody]):
    body_type, presented_type = GapChooseBody, PresentedGapChoose
    shape = '{"gaps": [one of the options of each gap]}'
    asks_by = Ask.RECOGNITION

    def presented(self, random: Random) -> PresentedGapChoose:
        return PresentedGapChoose(
            **self.common,
            text=self.body.text,
            gaps=[GapOptions(options=shuffled(gap.options, random)) for gap in self.body.gaps],
            translation=self.body.translation,
        )

    def graded(self, answer: GapsAnswer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        pairs = list(zip(answer.gaps, self.body.gaps, strict=True))
        if any(text not in gap.options for text, gap in pairs):
            raise self.malformed()
        wrong = [text for text, gap in pairs if text != gap.answer]
        filled, expected = self.filled(answer.gaps), self.correct_answer()
        return Grade(
            verdict=Verdict.WRONG if wrong else Verdict.CORRECT,
            expected=expected,
            given=filled,
            edits=diff(filled, expected, language=self.language),
            why=self._why(wrong),
            score=(self.size - len(wrong)) / self.size,
        )

    def correct_answer(self) -> str:
        return self.filled([gap.answer for gap in self.body.gaps])

    def wrong_options(self) -> set[str]:
        return {text for gap in self.body.gaps for text in gap.options if text != gap.answer}

    def _why(self, wrong: Sequence[str]) -> Mapping[str, str] | None:
        return next((why for text in wrong if (why := self.why(text)) is not None), None)


class GapType(_Gaps[GapTypeBody]):
    body_type, presented_type = GapTypeBody, PresentedGapType
    shape = '{"gaps": [a text of at most 1000 characters for each gap]}'

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """One per gap. Listed mistakes are about the first gap."""
        first, *others = (self.accepted(gap.answers) for gap in self.body.gaps)
        return (Answers(first, self.mistakes), *map(Answers, others))

    def presented(self, random: Random) -> PresentedGapType:
        del random
        return PresentedGapType(
            **self.common,
            text=self.body.text,
            gaps=self.size,
            translation=self.body.translation,
        )

    def graded(self, answer: GapsAnswer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        grades = [
            grade_text(text, answers, words=words, policy=policy)
            for text, answers in zip(answer.gaps, self.answers, strict=True)
        ]
        verdict = max((grade.verdict for grade in grades), key=lambda verdict: verdict.rank)
        filled, expected = self.filled(answer.gaps), self.filled([g.expected for g in grades])
        found = {note for grade in grades for note in grade.notes}
        return Grade(
            verdict=verdict,
            expected=expected,
            given=filled,
            notes=tuple(note for note in GradeNote if note in found),
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

    def accepts(self, text: str) -> bool:
        return is_accepted(self.answers[0], text)


def _gap_count(text: str, gaps: int) -> Iterator[Fault]:
    found = text.count(GAP)
    if found != gaps:
        yield ("text",), f"the text has {found} gaps ({GAP}), and {gaps} are described"
