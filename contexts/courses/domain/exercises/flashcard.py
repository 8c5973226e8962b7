"""A card with a word on one side and its translation on the other."""

from collections.abc import Set
from dataclasses import dataclass
from random import Random
from typing import Annotated, Literal

from contexts.courses.domain import formats
from contexts.courses.domain.exercises.base import Exercise, Presented
from contexts.courses.domain.exercises.bodies import Body
from contexts.courses.domain.grading.verdicts import Grade, GradingPolicy, KnownWords
from contexts.courses.domain.reviews import Ask
from contexts.courses.domain.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class FlashcardBody(Body):
    type: Literal["flashcard"]
    word: formats.WordId

    @property
    def words(self) -> tuple[str, ...]:
        return (self.word,)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlashcardAnswer:
    recalled: Annotated[bool, "Whether the learner knew the other side."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedFlashcard(Presented):
    """Both sides of a card. The learner says whether they knew the hidden one."""

    type: Literal["flashcard"]
    word: str
    card: Word


class Flashcard(Exercise[FlashcardBody, FlashcardAnswer]):
    """The learner turns the card and says whether they knew it."""

    body_type, answer_type, presented_type = FlashcardBody, FlashcardAnswer, PresentedFlashcard
    shape = '{"recalled": true or false}'
    asks_by = Ask.SHOWING

    def presented(self, random: Random) -> PresentedFlashcard:
        del random
        return PresentedFlashcard(**self.common, word=self.body.word, card=self._card)

    def graded(self, answer: FlashcardAnswer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        return self.right_or_wrong(answer.recalled)

    def forgotten(self, answer: FlashcardAnswer, grade: Grade, *, words: KnownWords) -> Set[str]:
        del answer, grade, words
        return {*self.uses}

    def unasked(self, grade: Grade, *, words: KnownWords) -> Set[str]:
        del grade, words
        return frozenset()

    def correct_answer(self) -> str:
        return self._card.text

    @property
    def _card(self) -> Word:
        assert self.card is not None
        return self.card
