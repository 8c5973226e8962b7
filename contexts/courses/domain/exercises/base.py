"""Common parts of all exercises: presentation, answer, grading."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from annotated_types import MaxLen, MinLen

from contexts.courses.domain import formats
from contexts.courses.domain.exercises.bodies import Body
from contexts.courses.domain.exercises.reading import answer_of
from contexts.courses.domain.grading.accepted import Accepted, read
from contexts.courses.domain.grading.credit import Recall
from contexts.courses.domain.grading.patterns import expand_pattern, expand_patterns
from contexts.courses.domain.grading.texts import Answers, Mistake
from contexts.courses.domain.grading.verdicts import (
    AGAIN,
    GOOD,
    Grade,
    GradingPolicy,
    KnownWords,
    Verdict,
    score_of,
)
from contexts.courses.domain.reviews import Ask
from contexts.courses.domain.words import Word
from contexts.shared.kernel import Invalid
from contexts.shared.kernel.shapes import ABSENT_IF_NONE, dump

ByLanguage = Annotated[Mapping[str, str], "By language."]
AnswerText = Annotated[str, MinLen(0), MaxLen(formats.LONGEST_TEXT)]


class MalformedAnswer(Invalid):
    """The answer's shape is not that of the exercise's type."""

    code = "malformed_answer"
    message = "The answer must look like {expected}."


class UnknownExercise(Invalid):
    code = "unknown_exercise"
    message = "There is no exercise of type “{type}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """An exercise as learners see it, without its answer."""

    key: Annotated[str, "The exercise's id, to answer it."]
    type: str
    hint: Annotated[ByLanguage | None, ABSENT_IF_NONE] = None


B = TypeVar("B", bound=Body)
A = TypeVar("A")


@dataclass(frozen=True)
class Exercise(ABC, Generic[B, A]):
    """An exercise that can be shown and graded. A subclass for each type.

    `shape` describes an answer to a learner who sent a malformed one. `longest` limits each
    text of an answer. Authors write a type unless it is not `authored`. `texts` are those of
    each word of `uses`, in both languages of the course. `refused` are forms that an exercise of
    the same unit lists as mistakes.
    """

    body: B
    language: str
    uses: tuple[str, ...]
    premium: bool = False
    card: Word | None = None
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()

    body_type: ClassVar[type[Body]]
    answer_type: ClassVar[type]
    presented_type: ClassVar[type[Presented]]
    shape: ClassVar[str]
    longest: ClassVar[int] = formats.LONGEST_TEXT
    authored: ClassVar[bool] = True
    asks_by: ClassVar[Ask] = Ask.PRODUCTION

    @property
    def key(self) -> str:
        return self.body.id

    @property
    def feasible(self) -> bool:
        """Return whether a learner can do it. A lesson leaves out what nobody can."""
        return True

    def present(self, seed: str) -> dict[str, Any]:
        """Return what a learner sees, as JSON. `seed` decides the order of what is shuffled."""
        return dump(self.presented(Random(f"{seed}:{self.key}")))  # noqa: S311

    def grade(self, answer: object, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        """Grade an answer as a client sends it. Raises MalformedAnswer."""
        return self.graded(self.read(answer), words=words, policy=policy)

    def read(self, answer: object) -> A:
        """Raises MalformedAnswer."""
        found: A | None = answer_of(self.answer_type, answer, longest=self.longest)
        if found is None:
            raise self.malformed()
        return found

    @abstractmethod
    def graded(self, answer: A, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        """Raises MalformedAnswer if the answer does not fit the body."""

    def ratings(self, answer: object, grade: Grade, *, words: KnownWords) -> dict[str, int]:
        """Return FSRS's rating of each item. Items of which the answer tells nothing are omitted.

        Raises MalformedAnswer.
        """
        if grade.verdict is Verdict.SUBMITTED:
            return {}
        read = self.read(answer)
        failed: Set[str] | None = frozenset()
        if not grade.verdict.accepted:
            failed = self.forgotten(read, grade, words=words)
        if failed is None:
            return {}
        silent = self.unasked(grade, words=words) - failed
        return {item: AGAIN if item in failed else GOOD for item in self.uses if item not in silent}

    def unasked(self, grade: Grade, *, words: KnownWords) -> Set[str]:
        """Return the items of which the answer tells nothing: those that it need not hold."""
        return frozenset() if grade.verdict.accepted else self.recall(grade, words=words).unplaced()

    def forgotten(self, answer: A, grade: Grade, *, words: KnownWords) -> Set[str] | None:
        """Return the items that a refused answer failed to recall, None if it does not tell."""
        del answer
        return self.recall(grade, words=words).forgotten()

    def recall(
        self, grade: Grade, *, words: KnownWords, shown: str = "", in_place: bool = False
    ) -> Recall:
        """Return the answer beside the accepted one, to find the words that it lacks."""
        texts = {item: self.texts.get(item, ()) for item in self.uses}
        given, expected = grade.given, grade.expected
        return Recall(given, expected, texts, self.language, words, shown, in_place)

    @abstractmethod
    def correct_answer(self) -> str:
        """Return the text of the model answer."""

    @abstractmethod
    def presented(self, random: Random) -> Presented: ...

    def right_or_wrong(self, is_right: bool, *, given: str = "") -> Grade:
        """Return the grade of an answer that is wholly right or wrong."""
        verdict = Verdict.CORRECT if is_right else Verdict.WRONG
        return Grade(
            verdict=verdict,
            expected=self.correct_answer(),
            given=given,
            why=self.why(given),
            score=score_of(verdict),
        )

    def accepts(self, text: str) -> bool:
        """Return whether a listed mistake is an accepted answer too."""
        del text
        return False

    def wrong_options(self) -> set[str] | None:
        """Return the options that a listed mistake may name; None without options."""
        return None

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        return tuple(
            Mistake(expand_pattern(wrong.answer), wrong.why) for wrong in self.body.mistakes
        )

    @property
    def common(self) -> dict[str, Any]:
        """Fields of every presentation."""
        return {"key": self.key, "type": self.body.type, "hint": self.body.hint}

    def malformed(self) -> MalformedAnswer:
        return MalformedAnswer(expected=self.shape)

    def why(self, chosen: str) -> Mapping[str, str] | None:
        """Return the explanation of a mistake among a few options."""
        listed = (mistake for mistake in self.mistakes if chosen in mistake.texts)
        return next((mistake.why for mistake in listed), None)

    def accepted(self, patterns: Sequence[str]) -> Accepted:
        return Accepted(expand_patterns(patterns), self.language, self.refused)


def is_accepted(answers: Answers, text: str) -> bool:
    return bool(answers.accepted.same_words(read(text, answers.accepted.language)))


def shuffled(items: Sequence[str], random: Random) -> list[str]:
    """Return the items in an order that depends on `random` alone."""
    mixed = sorted(items)
    random.shuffle(mixed)
    return mixed
