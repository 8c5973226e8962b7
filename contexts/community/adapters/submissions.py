"""Submissions and their leases on their rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q

from contexts.community import models as rows
from contexts.community.domain.submissions import (
    ESCALATED_AFTER,
    Corrector,
    Lease,
    Submission,
    SubmissionNotFound,
    SubmissionState,
)
from contexts.community.domain.texts import text_hash
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.upsert import upsert
from contexts.shared.language import primary
from contexts.shared.messaging.publishing import publish

_AT_ONCE = 20
_SWEPT = 1_000


class OrmSubmissions:
    def find(self, submission_id: UUID) -> Submission | None:
        row = rows.Submission.objects.select_for_update().filter(pk=submission_id).first()
        return _submission(row) if row else None

    def get(self, submission_id: UUID) -> Submission:
        found = self.find(submission_id)
        if found is None:
            raise SubmissionNotFound
        return found

    def get_free(self, submission_id: UUID) -> Submission | None:
        free = rows.Submission.objects.select_for_update(skip_locked=True)
        row = free.filter(pk=submission_id).first()
        return _submission(row) if row else None

    def add(self, submission: Submission) -> None:
        row = rows.Submission(id=submission.id, **_columns(submission))
        rows.Submission.objects.bulk_create([row], ignore_conflicts=True)
        publish(submission.collect_events())

    def save(self, submission: Submission) -> None:
        rows.Submission.objects.filter(pk=submission.id).update(**_columns(submission))
        _save_lease(submission)
        publish(submission.collect_events())

    def written_since(self, writer_id: UUID, since: datetime) -> int:
        written = rows.Submission.objects.filter(writer_id=writer_id, created_at__gt=since)
        return written.count()

    def corrector(self, member_id: UUID, submission: Submission) -> Corrector:
        writer_id = submission.writer_id
        pair = Q(blocker_id=member_id, blocked_id=writer_id)
        pair |= Q(blocker_id=writer_id, blocked_id=member_id)
        done = rows.Correction.objects.filter(submission=submission.id, corrector_id=member_id)
        known = rows.Member.objects.filter(pk=member_id).values_list(
            "native_languages", Exists(rows.Block.objects.filter(pair)), Exists(done)
        )
        # A stranger speaks nothing, and so is offered nothing.
        natives, apart, corrected = known.first() or ([], False, False)
        return Corrector(
            member_id=member_id,
            natives=frozenset(primary(tag) for tag in natives),
            apart=apart,
            corrected=corrected,
        )

    def held_by(self, member_id: UUID, *, now: datetime) -> UUID | None:
        leases = rows.Lease.objects.filter(member_id=member_id, expires_at__gt=now)
        still = leases.filter(submission__round__isnull=False).order_by("taken_at")
        return still.values_list("submission_id", flat=True).first()

    def offered_to(
        self, member_id: UUID, *, long_waiting: bool, but: Collection[UUID], now: datetime
    ) -> Sequence[UUID]:
        natives = rows.MemberLanguage.objects.natives_of(member_id)
        found = rows.Submission.objects.offered_to(member_id, natives=natives, now=now)
        offered = found.exclude(pk__in=but)
        first = offered.filter(round=0)
        if long_waiting:
            waiting = first.filter(opened_at__lte=now - ESCALATED_AFTER)
            return _ids(waiting.order_by("opened_at"))
        # In two questions, since an index gives each of them in its order.
        return _ids(first.order_by("-ranked_at")) or _ids(
            offered.filter(round__gt=0).order_by("round", "-ranked_at")
        )

    def escalate(self, *, opened_before: datetime, now: datetime) -> int:
        waiting = rows.Submission.objects.filter(round=0, escalated_at=None)
        due = waiting.filter(opened_at__lte=opened_before).values_list("pk", flat=True)
        chosen = rows.Submission.objects.filter(pk__in=list(due[:_SWEPT]), escalated_at=None)
        return chosen.update(escalated_at=now, ranked_at=now)

    def forget_drafts(self, *, now: datetime) -> int:
        drafts = rows.Submission.objects.filter(state="draft", expires_at__lte=now)
        old = list(drafts.values_list("pk", flat=True)[:_SWEPT])
        gone, _ = rows.Submission.objects.filter(pk__in=old, state="draft").delete()
        return gone

    def end_leases(self, *, now: datetime) -> int:
        over = rows.Lease.objects.filter(expires_at__lte=now).values_list("pk", flat=True)
        gone, _ = rows.Lease.objects.filter(
            pk__in=list(over[:_SWEPT]), expires_at__lte=now
        ).delete()
        return gone


def _ids(found: Any) -> list[UUID]:
    return list(found.values_list("pk", flat=True)[:_AT_ONCE])


def _submission(row: rows.Submission) -> Submission:
    lease = rows.Lease.objects.filter(submission=row).first()
    return Submission(
        id=row.pk,
        writer_id=row.writer_id,
        language=row.language,
        text=row.text,
        created_at=row.created_at,
        spans=tuple((start, end) for start, end in row.sentences),
        source=row.source,
        level=row.level,
        prompt=row.prompt,
        question=row.question,
        state=SubmissionState(row.state),
        moderation=row.moderation,
        corrections_count=row.corrections_count,
        opened_at=row.opened_at,
        ranked_at=row.ranked_at,
        escalated_at=row.escalated_at,
        expires_at=row.expires_at,
        lease=Lease(lease.member_id, lease.taken_at, lease.expires_at) if lease else None,
        draft_state=row.draft_state,
    )


def _columns(submission: Submission) -> dict[str, Any]:
    lease = submission.lease
    return {
        "writer_id": submission.writer_id,
        "language": submission.language,
        "primary_language": submission.primary_language,
        "level": submission.level,
        "source": submission.source,
        "prompt": submission.prompt,
        "question": submission.question,
        "text": submission.text,
        "text_hash": text_hash(submission.text),
        "sentences": [list(span) for span in submission.spans],
        "state": submission.state.value,
        "moderation": submission.moderation,
        "created_at": submission.created_at,
        "opened_at": submission.opened_at,
        "expires_at": submission.expires_at,
        "corrections_count": submission.corrections_count,
        "round": submission.round,
        "ranked_at": submission.ranked_at,
        "escalated_at": submission.escalated_at,
        "leased_until": lease.expires_at if lease else None,
        "draft_state": submission.draft_state,
    }


def _save_lease(submission: Submission) -> None:
    # The submission's row is locked, so nobody else writes its lease meanwhile.
    if submission.lease is None:
        rows.Lease.objects.filter(submission=submission.id).delete()
        return
    lease = rows.Lease(
        submission_id=submission.id,
        member_id=submission.lease.member_id,
        taken_at=submission.lease.taken_at,
        expires_at=submission.lease.expires_at,
    )
    upsert(
        rows.Lease,
        [lease],
        using=alias_of("community"),
        unique=["submission"],
        update=["member_id", "taken_at", "expires_at"],
    )
