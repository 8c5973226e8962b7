"""Texts: a member's own, the feed to correct, and one text with its corrections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import django_filters
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from contexts.community import models as rows
from contexts.community.domain.submissions import SubmissionNotFound
from contexts.community.queries.corrections import (
    Correction,
    TextEdit,
    answers_to,
    shown_corrections,
)
from contexts.community.queries.members import Member, hidden_from, people
from contexts.shared.http.filters import InstantFilter
from contexts.shared.kernel import Level
from contexts.shared.kernel.shapes import from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a text."""

    index: int
    start: Annotated[int, "In code points of the text."]
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark of the draft engine about a text."""

    code: Literal["other_language", "unknown_word", "partly_checked"]
    detail: Annotated[str, "The language, the word; or spelling, no_dictionary if partly checked."]
    sentence: Annotated[int | None, "Null for the whole text."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A machine draft. It is not a correction."""

    state: Literal["pending", "ready", "unavailable"]
    source: Literal["machine"]
    notes: list[Note]
    edits: list[TextEdit]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSummary:
    """A member's text."""

    id: UUID
    writer: Member | None
    language: Annotated[str, "BCP 47."]
    level: Annotated[str, "CEFR, or empty."]
    source: Literal["free", "course"]
    state: Literal["open", "withdrawn"]
    prompt: str
    question: Annotated[str, "To the corrector."]
    text: str
    sentences: list[Sentence]
    corrections_count: int
    created_at: datetime
    opened_at: datetime | None
    moderation: Literal["", "hidden", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDetail:
    """A text with its draft and its corrections."""

    summary: TextSummary
    leased_until: Annotated[datetime | None, "While it is the caller's turn."]
    draft: Draft | None
    corrections: list[Correction]


class TextFilter(django_filters.FilterSet):
    language = django_filters.CharFilter(field_name="primary_language")

    class Meta:
        model = rows.Submission
        fields = ["language", "state"]


class FeedFilter(django_filters.FilterSet):
    language = django_filters.CharFilter(field_name="primary_language")
    level = django_filters.ChoiceFilter(choices=[(level.value, level.value) for level in Level])
    opened_before = InstantFilter(field_name="opened_at", lookup_expr="lte")

    class Meta:
        model = rows.Submission
        fields = ["language", "level", "opened_before"]


def texts_of(writer_id: UUID) -> QuerySet[rows.Submission]:
    """A member's own texts, without reserved ones, with the number of corrections they see."""
    mine = rows.Submission.objects.filter(writer_id=writer_id).exclude(state="draft")
    return mine.annotate(shown_corrections=shown_corrections(writer_id))


def feed(member_id: UUID, *, now: datetime) -> QuerySet[rows.Submission]:
    """Texts that a member may correct, in two statements with the writers' names.

    As long as there are texts without a correction, only those. Ordered by `-ranked_at`: newest
    first, and a text that has waited for twelve hours counts as new once more.
    """
    natives = rows.MemberLanguage.objects.natives_of(member_id)
    offered = rows.Submission.objects.offered_to(member_id, natives=natives, now=now)
    neediest = offered.order_by("round").values("round")[:1]
    writer = rows.Member.objects.filter(pk=OuterRef("writer_id"))
    return offered.filter(round=neediest).annotate(
        writer_name=Subquery(writer.values("display_name")),
        writer_natives=Subquery(writer.values("native_languages")),
    )


def feed_summaries(page: Iterable[Any]) -> list[TextSummary]:
    """Summaries of a page of the feed."""
    return [_summary(row, _writer(row), row.corrections_count) for row in page]


def _writer(row: Any) -> Member | None:
    if row.writer_name is None:
        return None
    return Member(id=row.writer_id, name=row.writer_name, native_languages=row.writer_natives)


def text_summaries(page: Iterable[Any], *, seen_by: UUID) -> list[TextSummary]:
    """Summaries of a page of texts with counts; one more query for their writers."""
    texts = list(page)
    writers = people((row.writer_id for row in texts), seen_by=seen_by)
    return [_summary(row, writers.get(row.writer_id), row.shown_corrections) for row in texts]


def text(submission_id: UUID, *, seen_by: UUID, now: datetime) -> TextDetail:
    """Raises SubmissionNotFound, also for a text that the caller may not see."""
    row = rows.Submission.objects.filter(pk=submission_id).first()
    if row is None or not is_visible(row, seen_by):
        raise SubmissionNotFound
    return details([row], seen_by=seen_by, now=now)[submission_id]


def own_summary(submission_id: UUID, *, writer_id: UUID) -> TextSummary:
    """Return one of the caller's own texts. Raises SubmissionNotFound."""
    row = texts_of(writer_id).filter(pk=submission_id).first()
    if row is None:
        raise SubmissionNotFound
    return text_summaries([row], seen_by=writer_id)[0]


def seen_summary(submission_id: UUID, *, seen_by: UUID) -> TextSummary:
    """Return a text without its corrections. Raises SubmissionNotFound as `text` does."""
    counted = rows.Submission.objects.annotate(shown_corrections=shown_corrections(seen_by))
    row = counted.filter(pk=submission_id).first()
    if row is None or not is_visible(row, seen_by):
        raise SubmissionNotFound
    return text_summaries([row], seen_by=seen_by)[0]


def details_by_id(ids: Sequence[UUID], *, seen_by: UUID, now: datetime) -> dict[UUID, TextDetail]:
    """Details of texts that the answer already shows, so that they are visible."""
    return details(list(rows.Submission.objects.filter(pk__in=ids)), seen_by=seen_by, now=now)


def details(
    texts: Sequence[rows.Submission], *, seen_by: UUID, now: datetime
) -> dict[UUID, TextDetail]:
    """Details of texts that `seen_by` may see, in six queries for any number."""
    leases = rows.Lease.objects.filter(
        submission__in=[row.pk for row in texts], member_id=seen_by, expires_at__gt=now
    )
    until = dict(leases.values_list("submission_id", "expires_at"))
    answers = answers_to(texts, apart=hidden_from(seen_by), seen_by=seen_by)
    return {
        row.pk: TextDetail(
            summary=_summary(
                row, answers.known.get(row.writer_id), len(answers.given.get(row.pk, []))
            ),
            leased_until=until.get(row.pk),
            draft=_draft(row, answers.marks.get(row.pk, [])),
            corrections=answers.given.get(row.pk, []),
        )
        for row in texts
    }


def leased_until(submission_id: UUID, *, member_id: UUID) -> datetime | None:
    """Return the end of a member's turn at a text, None if they hold none."""
    leases = rows.Lease.objects.filter(submission=submission_id, member_id=member_id)
    return leases.values_list("expires_at", flat=True).first()


def is_visible(row: rows.Submission, member_id: UUID) -> bool:
    """Whether a member may see a text: its writer, and correctors while it is open."""
    if row.writer_id == member_id:
        return row.state != "draft"
    if row.state != "open" or row.moderation:
        return False
    spoken = rows.MemberLanguage.objects.filter(
        member=member_id, language=row.primary_language, relation="native"
    )
    given = rows.Correction.objects.filter(submission=row, corrector_id=member_id)
    pair = [row.writer_id, member_id]
    apart = rows.Block.objects.filter(blocker_id__in=pair, blocked_id__in=pair)
    return rows.Submission.objects.filter(
        Exists(spoken) | Exists(given), ~Exists(apart), pk=row.pk
    ).exists()


def _summary(row: Any, writer: Member | None, corrections: int) -> TextSummary:
    spans = enumerate(row.sentences)
    sentences = [
        Sentence(index=index, start=start, end=end, text=row.text[start:end])
        for index, (start, end) in spans
    ]
    return from_row(
        TextSummary, row, writer=writer, sentences=sentences, corrections_count=corrections
    )


def _draft(row: Any, edits: list[TextEdit]) -> Draft | None:
    if not row.draft_state:
        return None
    return Draft(state=row.draft_state, source="machine", notes=row.draft_notes, edits=edits)
