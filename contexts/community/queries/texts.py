"""Texts: one's own, those to correct, and one with all that was said about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from contexts.community.domain.submissions import SubmissionNotFound
from contexts.community.models import (
    Block,
    Correction,
    Lease,
    Member,
    MemberLanguage,
    Submission,
)
from contexts.community.queries.corrections import EditShown, GivenCorrection, answers_to
from contexts.community.queries.people import Person, hidden_from, people
from contexts.shared.http.filters import InstantFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a text; `start` and `end` are code points of the whole text."""

    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftShown:
    """A machine's marks: `state` is pending, ready or unavailable; `source` is always machine."""

    state: str
    source: str
    notes: list[dict[str, Any]]
    edits: list[EditShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSummary:
    """A text in a list."""

    id: UUID
    writer: Person | None
    language: str
    level: str
    source: str
    state: str
    prompt: str
    question: str
    text: str
    sentences: list[Sentence]
    corrections_count: int
    created_at: datetime
    opened_at: datetime | None
    moderation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDetail:
    """A text with its draft and its corrections; `leased_until` is the asker's own turn."""

    summary: TextSummary
    leased_until: datetime | None
    draft: DraftShown | None
    corrections: list[GivenCorrection]


class TextFilter(django_filters.FilterSet):
    language = django_filters.CharFilter(field_name="primary_language")

    class Meta:
        model = Submission
        fields = ["language", "state"]


class FeedFilter(django_filters.FilterSet):
    language = django_filters.CharFilter(field_name="primary_language")
    opened_before = InstantFilter(field_name="opened_at", lookup_expr="lte")

    class Meta:
        model = Submission
        fields = ["language", "level", "opened_before"]


def texts_of(writer_id: UUID) -> QuerySet[Submission]:
    """A member's own texts, without those that a course still keeps for them."""
    return Submission.objects.filter(writer_id=writer_id).exclude(state="draft")


def feed(member_id: UUID, *, now: datetime) -> QuerySet[Submission]:
    """What a member may correct: texts without any correction while there are such.

    Two statements, the writers' names among them. By `-ranked_at` it is newest first, where a
    text that has waited for twelve hours counts as new once more: the sweep moves its
    `ranked_at`, and an index holds the order.
    """
    natives = MemberLanguage.objects.natives_of(member_id)
    offered = Submission.objects.offered_to(member_id, natives=natives, now=now)
    neediest = offered.order_by("round").values("round")[:1]
    writer = Member.objects.filter(pk=OuterRef("writer_id"))
    return offered.filter(round=neediest).annotate(
        writer_name=Subquery(writer.values("display_name")),
        writer_natives=Subquery(writer.values("native_languages")),
    )


def feed_summaries(page: Iterable[Any]) -> list[TextSummary]:
    """The rows of the feed."""
    return [_summary(row, _writer(row)) for row in page]


def _writer(row: Any) -> Person | None:
    if row.writer_name is None:
        return None
    return Person(id=row.writer_id, name=row.writer_name, native_languages=row.writer_natives)


def text_summaries(page: Iterable[Submission]) -> list[TextSummary]:
    """The rows, with their writers in one more query."""
    rows = list(page)
    writers = people(row.writer_id for row in rows)
    return [_summary(row, writers.get(row.writer_id)) for row in rows]


def text(submission_id: UUID, *, seen_by: UUID, now: datetime) -> TextDetail:
    """Raises SubmissionNotFound, also for a text that is not the asker's to see."""
    row = Submission.objects.filter(pk=submission_id).first()
    if row is None or not is_visible(row, seen_by):
        raise SubmissionNotFound
    return details([row], seen_by=seen_by, now=now)[submission_id]


def own_summary(submission_id: UUID, *, writer_id: UUID) -> TextSummary:
    """One of the asker's own texts. Raises SubmissionNotFound."""
    row = texts_of(writer_id).filter(pk=submission_id).first()
    if row is None:
        raise SubmissionNotFound
    return text_summaries([row])[0]


def seen_summary(submission_id: UUID, *, seen_by: UUID) -> TextSummary:
    """A text without what was said about it. Raises SubmissionNotFound as `text` does."""
    row = Submission.objects.filter(pk=submission_id).first()
    if row is None or not is_visible(row, seen_by):
        raise SubmissionNotFound
    return text_summaries([row])[0]


def shown_details(ids: Sequence[UUID], *, seen_by: UUID, now: datetime) -> dict[UUID, TextDetail]:
    """Of texts that an answer shows already, so that they may be seen."""
    return details(list(Submission.objects.filter(pk__in=ids)), seen_by=seen_by, now=now)


def details(rows: Sequence[Submission], *, seen_by: UUID, now: datetime) -> dict[UUID, TextDetail]:
    """Of texts that `seen_by` may see, in six queries however many there are."""
    leases = Lease.objects.filter(
        submission__in=[row.pk for row in rows], member_id=seen_by, expires_at__gt=now
    )
    until = dict(leases.values_list("submission_id", "expires_at"))
    answers = answers_to(rows, apart=hidden_from(seen_by))
    return {
        row.pk: TextDetail(
            summary=_summary(row, answers.known.get(row.writer_id)),
            leased_until=until.get(row.pk),
            draft=_draft(row, answers.marks.get(row.pk, [])),
            corrections=answers.given.get(row.pk, []),
        )
        for row in rows
    }


def leased_until(submission_id: UUID, *, member_id: UUID) -> datetime | None:
    """When a member's turn at a text ends; None where it is not theirs."""
    leases = Lease.objects.filter(submission=submission_id, member_id=member_id)
    return leases.values_list("expires_at", flat=True).first()


def is_visible(row: Submission, member_id: UUID) -> bool:
    """Its writer sees a text, and while it is open those who may correct it or have done so."""
    if row.writer_id == member_id:
        return row.state != "draft"
    if row.state != "open" or row.moderation:
        return False
    spoken = MemberLanguage.objects.filter(
        member=member_id, language=row.primary_language, relation="native"
    )
    given = Correction.objects.filter(submission=row, corrector_id=member_id)
    pair = [row.writer_id, member_id]
    apart = Block.objects.filter(blocker_id__in=pair, blocked_id__in=pair)
    return Submission.objects.filter(
        Exists(spoken) | Exists(given), ~Exists(apart), pk=row.pk
    ).exists()


def _summary(row: Submission, writer: Person | None) -> TextSummary:
    return TextSummary(
        id=row.pk,
        writer=writer,
        language=row.language,
        level=row.level,
        source=row.source,
        state=row.state,
        prompt=row.prompt,
        question=row.question,
        text=row.text,
        sentences=[
            Sentence(index=index, start=start, end=end, text=row.text[start:end])
            for index, (start, end) in enumerate(row.sentences)
        ],
        corrections_count=row.corrections_count,
        created_at=row.created_at,
        opened_at=row.opened_at,
        moderation=row.moderation,
    )


def _draft(row: Submission, edits: list[EditShown]) -> DraftShown | None:
    if not row.draft_state:
        return None
    return DraftShown(state=row.draft_state, source="machine", notes=row.draft_notes, edits=edits)
