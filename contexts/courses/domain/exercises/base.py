"""What every exercise has and does."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, ClassVar

from contexts.courses.domain.grading.accepted import Accepted
from contexts.courses.domain.grading.patterns import expand_pattern, expand_patterns
from contexts.courses.domain.grading.texts import Answers, Mistake
from contexts.courses.domain.grading.verdicts import Grade, GradingPolicy, KnownWords
from contexts.shared.kernel import Invalid

Answer = Mapping[str, Any]


class MalformedAnswer(Invalid):
    """The answer has not the shape that the exercise's type asks for."""

    code = "malformed_answer"
    message = "The answer must look like {expected}."


class UnknownExercise(Invalid):
    code = "unknown_exercise"
    message = "There is no exercise of type “{type}”."


@dataclass(frozen=True)
class Exercise(ABC):
    """An exercise over its normalized body, which is never changed.

    `body` holds `id`, `type`, `uses` and `language` (of the answers), may hold `hint` and
    `wrong`, and what the type asks for, named as in docs/coursepack.md.
    """

    body: Mapping[str, Any]

    type: ClassVar[str]
    shape: ClassVar[str]

    @property
    def key(self) -> str:
        return str(self.body["id"])

    @property
    def uses(self) -> tuple[str, ...]:
        return tuple(self.body["uses"])

    @property
    def premium(self) -> bool:
        """Whether it stands in a lesson that only Premium opens."""
        return bool(self.body.get("premium"))

    @property
    def language(self) -> str:
        return str(self.body["language"])

    def present(self, seed: str) -> dict[str, Any]:
        """What the learner is shown, JSON-able and without the answer; the order is `seed`'s."""
        shown = {"key": self.key, "type": self.type, **self._shown(Random(f"{seed}:{self.key}"))}  # noqa: S311
        return shown | ({"hint": dict(self.body["hint"])} if "hint" in self.body else {})

    @abstractmethod
    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        """Raises MalformedAnswer when `answer` has not the shape that the type asks for."""

    @abstractmethod
    def correct_answer(self) -> str:
        """The text of the model answer."""

    def check(self) -> None:
        """Expand all patterns, so that a bad one raises PatternError now and not in a lesson."""
        _ = self.mistakes

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        return tuple(
            Mistake(expand_pattern(wrong["answer"]), wrong["why"])
            for wrong in self.body.get("wrong", ())
        )

    @abstractmethod
    def _shown(self, random: Random) -> dict[str, Any]: ...

    def malformed(self) -> MalformedAnswer:
        return MalformedAnswer(expected=self.shape)

    def why(self, chosen: str) -> Mapping[str, str] | None:
        """The explanation of a mistake that is one of a few texts to choose from."""
        listed = (mistake for mistake in self.mistakes if chosen in mistake.texts)
        return next((mistake.why for mistake in listed), None)


@dataclass(frozen=True)
class Open(Exercise):
    """An exercise whose answers are a list of patterns."""

    @cached_property
    def answers(self) -> Answers:
        texts = expand_patterns(self.body["answers"])
        return Answers(Accepted(texts, self.language), self.mistakes)

    def check(self) -> None:
        _ = self.answers

    def correct_answer(self) -> str:
        return self.answers.model


def shuffled(items: list[str], random: Random) -> list[str]:
    """In an order that depends on `random` alone, not on the order of `items`."""
    mixed = sorted(items)
    random.shuffle(mixed)
    return mixed
