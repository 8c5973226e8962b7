"""Corrections side by side, with the replies about each edit."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from contexts.community import models as rows
from contexts.community.domain.edits import EditState
from contexts.community.queries.members import Member, people
from contexts.community.queries.members import apart as apart_from
from contexts.shared.kernel.shapes import from_row
from contexts.shared.language import Category, apply
from contexts.shared.language import Edit as LanguageEdit


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply about an edit."""

    id: UUID
    author: Member | None
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEdit:
    """A change of a sentence, by a corrector or by a machine."""

    id: UUID
    sentence: int
    start: Annotated[int, "In code points of the sentence in NFC."]
    end: int
    old: str
    new: str
    category: Category
    reason: str
    source: Literal["human", "machine"]
    state: EditState
    dispute_reason: str
    replies: list[Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedSentence:
    """A corrector's answer about a sentence."""

    index: int
    perfect: bool
    text: Annotated[str, "The sentence with all edits made."]
    edits: list[TextEdit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A member's correction. A corrector who has left the platform is null."""

    id: UUID
    corrector: Member | None
    comment: str
    created_at: datetime
    thanked_at: datetime | None
    sentences: list[CorrectedSentence]


@dataclass(frozen=True, slots=True)
class Answers:
    """Machine marks and corrections of some texts, by text."""

    marks: Mapping[UUID, list[TextEdit]]
    given: Mapping[UUID, list[Correction]]
    known: Mapping[UUID | None, Member]


def answers_to(
    submissions: Sequence[rows.Submission], *, apart: Collection[UUID], seen_by: UUID
) -> Answers:
    """Return the answers to texts in four queries, without those of members who are `apart`.

    `known` also holds the writers of the texts.
    """
    texts = {row.pk: row for row in submissions}
    found = rows.Correction.objects.filter(submission__in=list(texts), moderation="")
    given = [one for one in found.order_by("created_at", "id") if one.corrector_id not in apart]
    edits = list(
        rows.Edit.objects.filter(submission__in=list(texts)).order_by("sentence", "start", "end")
    )
    said = rows.Reply.objects.filter(edit__correction__in=given).exclude(author_id__in=apart)
    replies = list(said.order_by("created_at", "id")) if given else []
    known = people(
        [
            *(one.corrector_id for one in given),
            *(reply.author_id for reply in replies),
            *(row.writer_id for row in submissions),
        ],
        seen_by=seen_by,
    )
    by_answer = _shown(edits, replies, known)
    by_text: dict[UUID, list[Correction]] = defaultdict(list)
    for one in given:
        text, mine = texts[one.submission_id], by_answer.get(one.pk, [])
        by_text[text.pk].append(_given(one, text, mine, known.get(one.corrector_id)))
    return Answers(marks=_marks(edits), given=by_text, known=known)


def shown_corrections(member_id: UUID) -> Coalesce:
    """The number of a text's corrections that a member may see."""
    shown = rows.Correction.objects.filter(
        ~apart_from(member_id, "corrector_id"), submission=OuterRef("pk"), moderation=""
    )
    counted = shown.order_by().values("submission").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _marks(edits: Iterable[rows.Edit]) -> dict[UUID, list[TextEdit]]:
    by_text: dict[UUID, list[TextEdit]] = defaultdict(list)
    for edit in edits:
        if edit.correction_id is None:
            by_text[edit.submission_id].append(_edit(edit, []))
    return by_text


def _shown(
    edits: Iterable[rows.Edit], replies: Iterable[rows.Reply], known: Mapping[UUID | None, Member]
) -> dict[UUID, list[TextEdit]]:
    said: dict[UUID, list[Reply]] = defaultdict(list)
    for reply in replies:
        author = known.get(reply.author_id)
        said[reply.edit_id].append(from_row(Reply, reply, author=author))
    by_correction: dict[UUID, list[TextEdit]] = defaultdict(list)
    for edit in edits:
        if edit.correction_id is not None:
            by_correction[edit.correction_id].append(_edit(edit, said.get(edit.pk, [])))
    return by_correction


def _edit(row: Any, replies: list[Reply]) -> TextEdit:
    return from_row(TextEdit, row, replies=replies)


def _given(
    row: rows.Correction, text: rows.Submission, edits: list[TextEdit], corrector: Member | None
) -> Correction:
    sentences = [
        _sentence(index, verdict, text, [one for one in edits if one.sentence == index])
        for index, verdict in enumerate(row.verdicts)
    ]
    return from_row(Correction, row, corrector=corrector, sentences=sentences)


def _sentence(
    index: int, verdict: str, text: rows.Submission, edits: list[TextEdit]
) -> CorrectedSentence:
    start, end = text.sentences[index]
    made = [LanguageEdit(e.start, e.end, e.old, e.new, Category(e.category)) for e in edits]
    return CorrectedSentence(
        index=index,
        perfect=verdict == "perfect",
        text=apply(text.text[start:end], made),
        edits=edits,
    )
