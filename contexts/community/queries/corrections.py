"""Corrections side by side, and what was said about each edit."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.community.models import Correction, Edit, Reply, Submission
from contexts.community.queries.people import Person, people
from contexts.shared.language import Category, apply
from contexts.shared.language import Edit as TextEdit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyShown:
    id: UUID
    author: Person | None
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditShown:
    """An edit of a sentence; `start` and `end` are code points of the sentence."""

    id: UUID
    sentence: int
    start: int
    end: int
    old: str
    new: str
    category: str
    reason: str
    source: str
    state: str
    dispute_reason: str
    replies: list[ReplyShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedSentence:
    """What a corrector made of a sentence; `text` is it with all their edits."""

    index: int
    perfect: bool
    text: str
    edits: list[EditShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCorrection:
    """A member's answer; `corrector` is None for one who is gone."""

    id: UUID
    corrector: Person | None
    comment: str
    created_at: datetime
    thanked_at: datetime | None
    sentences: list[CorrectedSentence]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said about some texts: the machine's marks and the corrections, by text."""

    marks: Mapping[UUID, list[EditShown]]
    given: Mapping[UUID, list[GivenCorrection]]
    known: Mapping[UUID | None, Person]


def answers_to(rows: Sequence[Submission], *, apart: Collection[UUID]) -> Answers:
    """In four queries, without corrections and replies of those who are `apart`.

    `known` are also the writers of the texts.
    """
    texts = {row.pk: row for row in rows}
    found = Correction.objects.filter(submission__in=list(texts), moderation="")
    given = [one for one in found.order_by("created_at", "id") if one.corrector_id not in apart]
    edits = list(
        Edit.objects.filter(submission__in=list(texts)).order_by("sentence", "start", "end")
    )
    said = Reply.objects.filter(edit__correction__in=given).exclude(author_id__in=apart)
    replies = list(said.order_by("created_at", "id")) if given else []
    known = people(
        [
            *(one.corrector_id for one in given),
            *(reply.author_id for reply in replies),
            *(row.writer_id for row in rows),
        ]
    )
    by_answer = _shown(edits, replies, known)
    by_text: dict[UUID, list[GivenCorrection]] = defaultdict(list)
    for one in given:
        text, mine = texts[one.submission_id], by_answer.get(one.pk, [])
        by_text[text.pk].append(_given(one, text, mine, known.get(one.corrector_id)))
    return Answers(marks=_marks(edits), given=by_text, known=known)


def _marks(edits: Iterable[Edit]) -> dict[UUID, list[EditShown]]:
    by_text: dict[UUID, list[EditShown]] = defaultdict(list)
    for edit in edits:
        if edit.correction_id is None:
            by_text[edit.submission_id].append(_edit(edit, []))
    return by_text


def _shown(
    edits: Iterable[Edit], replies: Iterable[Reply], known: Mapping[UUID | None, Person]
) -> dict[UUID, list[EditShown]]:
    said: dict[UUID, list[ReplyShown]] = defaultdict(list)
    for reply in replies:
        said[reply.edit_id].append(
            ReplyShown(
                id=reply.pk,
                author=known.get(reply.author_id),
                text=reply.text,
                created_at=reply.created_at,
            )
        )
    by_correction: dict[UUID, list[EditShown]] = defaultdict(list)
    for edit in edits:
        if edit.correction_id is not None:
            by_correction[edit.correction_id].append(_edit(edit, said.get(edit.pk, [])))
    return by_correction


def _edit(row: Edit, replies: list[ReplyShown]) -> EditShown:
    return EditShown(
        id=row.pk,
        sentence=row.sentence,
        start=row.start,
        end=row.end,
        old=row.old,
        new=row.new,
        category=row.category,
        reason=row.reason,
        source=row.source,
        state=row.state,
        dispute_reason=row.dispute_reason,
        replies=replies,
    )


def _given(
    row: Correction, text: Submission, edits: list[EditShown], corrector: Person | None
) -> GivenCorrection:
    return GivenCorrection(
        id=row.pk,
        corrector=corrector,
        comment=row.comment,
        created_at=row.created_at,
        thanked_at=row.thanked_at,
        sentences=[
            _sentence(index, verdict, text, [one for one in edits if one.sentence == index])
            for index, verdict in enumerate(row.verdicts)
        ],
    )


def _sentence(
    index: int, verdict: str, text: Submission, edits: list[EditShown]
) -> CorrectedSentence:
    start, end = text.sentences[index]
    made = [TextEdit(e.start, e.end, e.old, e.new, Category(e.category)) for e in edits]
    return CorrectedSentence(
        index=index,
        perfect=verdict == "perfect",
        text=apply(text.text[start:end], made),
        edits=edits,
    )
