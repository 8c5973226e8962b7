"""A correction: of every sentence that it is perfect, or what to change in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contexts.community.domain.texts import (
    ContactDetails,
    checked_remark,
    has_contact_details,
    text_hash,
)
from contexts.community.events import CorrectionThanked, SubmissionCorrected
from contexts.shared.kernel import Aggregate, Invalid, NotFound
from contexts.shared.language import Category, Edit, apply, diff, nfc


class SentencesDiffer(Invalid):
    """Each sentence is answered once: `index` is one that is not, or not there at all."""

    code = "sentences_differ"
    message = "Each sentence needs exactly one answer. Check sentence {index}."


class PerfectWithEdits(Invalid):
    code = "perfect_with_edits"
    message = "Sentence {index} is marked perfect but has changes. Choose one."


class NothingChanged(Invalid):
    code = "nothing_changed"
    message = "Sentence {index} has no changes. Mark it perfect or change it."


class CorrectionNotFound(NotFound):
    code = "correction_not_found"
    message = "Not found."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An edit as it is sent; without a category, the edit engine finds one."""

    start: int
    end: int
    old: str
    new: str
    category: Category | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer about a sentence: `perfect`, `edits`, or the `corrected` sentence."""

    index: int
    perfect: bool = False
    edits: tuple[Proposed, ...] = ()
    corrected: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeEdit:
    """An edit that fits its sentence, whose text `sentence_hash` names."""

    id: UUID
    sentence: int
    edit: Edit
    reason: str
    sentence_hash: str


class Verdict(StrEnum):
    PERFECT = "perfect"
    CORRECTED = "corrected"


@dataclass(kw_only=True, eq=False)
class Correction(Aggregate):
    """A member's answer to a whole text."""

    id: UUID
    submission_id: UUID
    writer_id: UUID
    corrector_id: UUID
    language: str
    comment: str
    verdicts: tuple[Verdict, ...]
    edits: tuple[MadeEdit, ...]
    created_at: datetime

    def made(self) -> "Correction":
        self.record(
            SubmissionCorrected(
                occurred_at=self.created_at,
                submission_id=self.submission_id,
                correction_id=self.id,
                member_id=self.writer_id,
                corrector_id=self.corrector_id,
                language=self.language,
            )
        )
        return self


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences of a text, and how to name what is done to them."""

    sentences: Sequence[str]
    language: str
    new_id: Callable[[], UUID]

    def verdicts(
        self, answers: Sequence[Answer]
    ) -> tuple[tuple[Verdict, ...], tuple[MadeEdit, ...]]:
        """Return the verdicts and edits of the answers.

        Raises SentencesDiffer, PerfectWithEdits, NothingChanged, EditsRefused, ContactDetails.
        """
        by_index = self._by_index(answers)
        verdicts, made = list[Verdict](), list[MadeEdit]()
        for index, sentence in enumerate(self.sentences):
            proposed = _proposed(sentence, by_index[index], self.language)
            verdicts.append(Verdict.CORRECTED if proposed else Verdict.PERFECT)
            made += [self._made(index, sentence, one) for one in proposed]
        return tuple(verdicts), tuple(made)

    def _by_index(self, answers: Sequence[Answer]) -> Mapping[int, Answer]:
        by_index: dict[int, Answer] = {}
        for answer in answers:
            if answer.index in by_index or not 0 <= answer.index < len(self.sentences):
                raise SentencesDiffer(index=answer.index)
            by_index[answer.index] = answer
        for index in range(len(self.sentences)):
            if index not in by_index:
                raise SentencesDiffer(index=index)
        return by_index

    def _made(self, index: int, sentence: str, one: Proposed) -> MadeEdit:
        category = one.category or category_of(one.old, one.new, self.language)
        return MadeEdit(
            id=self.new_id(),
            sentence=index,
            edit=Edit(one.start, one.end, one.old, one.new, category),
            reason=checked_remark(one.reason),
            sentence_hash=text_hash(sentence),
        )


def _proposed(sentence: str, answer: Answer, language: str) -> list[Proposed]:
    if answer.perfect:
        if answer.edits or answer.corrected is not None:
            raise PerfectWithEdits(index=answer.index)
        return []
    proposed = _normal(answer) if answer.corrected is None else _found(sentence, answer, language)
    plain = Category.REPLACEMENT
    target = apply(sentence, [Edit(e.start, e.end, e.old, e.new, plain) for e in proposed])
    if not proposed or target == sentence or any(e.old == e.new for e in proposed):
        raise NothingChanged(index=answer.index)
    if has_contact_details(target) and not has_contact_details(sentence):
        raise ContactDetails
    return proposed


def _normal(answer: Answer) -> list[Proposed]:
    return [
        Proposed(
            start=one.start,
            end=one.end,
            old=nfc(one.old),
            new=nfc(one.new),
            category=one.category,
            reason=one.reason,
        )
        for one in answer.edits
    ]


def _found(sentence: str, answer: Answer, language: str) -> list[Proposed]:
    if answer.edits:
        raise PerfectWithEdits(index=answer.index)
    found = diff(sentence, (answer.corrected or "").strip(), language=language)
    return [
        Proposed(start=e.start, end=e.end, old=e.old, new=e.new, category=e.category) for e in found
    ]


def category_of(old: str, new: str, language: str) -> Category:
    """Return the category of a change, if it has exactly one."""
    found = {edit.category for edit in diff(old, new, language=language)}
    return found.pop() if len(found) == 1 else Category.REPLACEMENT


def thanked(
    *, correction_id: UUID, submission_id: UUID, writer_id: UUID, corrector_id: UUID, now: datetime
) -> CorrectionThanked:
    return CorrectionThanked(
        occurred_at=now,
        correction_id=correction_id,
        submission_id=submission_id,
        member_id=writer_id,
        corrector_id=corrector_id,
    )
