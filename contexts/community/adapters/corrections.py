"""Corrections, their edits and what is said about them, on their rows."""

from datetime import datetime
from uuid import UUID

from contexts.community import models as rows
from contexts.community.adapters.members import members
from contexts.community.domain.corrections import (
    Correction,
    CorrectionNotFound,
    MadeEdit,
    Verdict,
    thanked,
)
from contexts.community.domain.edits import EditNotFound, EditState, ReviewedEdit
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.inserting import insert
from contexts.shared.kernel import Event
from contexts.shared.messaging.publishing import publish


class OrmCorrections:
    def add(self, correction: Correction) -> None:
        rows.Correction.objects.create(
            id=correction.id,
            submission_id=correction.submission_id,
            corrector_id=correction.corrector_id,
            comment=correction.comment,
            verdicts=[verdict.value for verdict in correction.verdicts],
            created_at=correction.created_at,
        )
        insert([_edit(correction, made) for made in correction.edits], using=alias_of("community"))
        publish(correction.collect_events())

    def made_since(self, corrector_id: UUID, since: datetime) -> int:
        made = rows.Correction.objects.filter(corrector_id=corrector_id, created_at__gt=since)
        return made.count()

    def get_edit(self, edit_id: UUID, *, seen_by: UUID) -> ReviewedEdit:
        row = rows.Edit.objects.select_for_update().filter(pk=edit_id).first()
        if row is None or row.correction_id is None:
            raise EditNotFound
        correction = _correction(row.correction_id)
        if not _is_seen(correction, seen_by):
            raise EditNotFound
        return ReviewedEdit(
            id=row.pk,
            submission_id=row.submission_id,
            correction_id=row.correction_id,
            writer_id=correction.submission.writer_id,
            corrector_id=correction.corrector_id,
            language=correction.submission.language,
            category=row.category,
            state=EditState(row.state),
            dispute_reason=row.dispute_reason,
            decided_at=row.decided_at,
        )

    def save_edit(self, edit: ReviewedEdit) -> None:
        rows.Edit.objects.filter(pk=edit.id).update(
            state=edit.state.value,
            dispute_reason=edit.dispute_reason,
            decided_at=edit.decided_at,
        )
        publish(edit.collect_events())

    def add_reply(self, edit: ReviewedEdit, *, reply_id: UUID, text: str) -> None:
        [replied] = events = edit.collect_events()
        rows.Reply.objects.create(
            id=reply_id,
            edit_id=edit.id,
            author_id=UUID(replied.subject_id),
            text=text,
            created_at=replied.occurred_at,
        )
        publish(events)

    def replies_since(self, author_id: UUID, since: datetime) -> int:
        return rows.Reply.objects.filter(author_id=author_id, created_at__gt=since).count()

    def thank(self, correction_id: UUID, *, writer_id: UUID, now: datetime) -> Correction | None:
        row = rows.Correction.objects.select_for_update().filter(pk=correction_id).first()
        if row is None or row.submission.writer_id != writer_id or not _is_seen(row, writer_id):
            raise CorrectionNotFound
        if row.thanked_at is not None or row.corrector_id is None:
            return None
        row.thanked_at = now
        row.save(update_fields=["thanked_at"])
        publish([_thanks(row, row.corrector_id, now)])
        return _as_correction(row, row.corrector_id)


def _correction(correction_id: UUID) -> rows.Correction:
    return rows.Correction.objects.select_related("submission").get(pk=correction_id)


def _is_seen(correction: rows.Correction, member_id: UUID) -> bool:
    """Whether no block separates `member_id` from the other person of the edit."""
    submission = correction.submission
    if correction.moderation or member_id not in (submission.writer_id, correction.corrector_id):
        return False
    if submission.writer_id != member_id and (submission.state != "open" or submission.moderation):
        return False
    other = correction.corrector_id
    return other is None or not members.are_apart(submission.writer_id, other)


def _thanks(row: rows.Correction, corrector_id: UUID, now: datetime) -> Event:
    return thanked(
        correction_id=row.pk,
        submission_id=row.submission_id,
        writer_id=row.submission.writer_id,
        corrector_id=corrector_id,
        now=now,
    )


def _as_correction(row: rows.Correction, corrector_id: UUID) -> Correction:
    return Correction(
        id=row.pk,
        submission_id=row.submission_id,
        writer_id=row.submission.writer_id,
        corrector_id=corrector_id,
        language=row.submission.language,
        comment=row.comment,
        verdicts=tuple(Verdict(verdict) for verdict in row.verdicts),
        edits=(),
        created_at=row.created_at,
    )


def _edit(correction: Correction, made: MadeEdit) -> rows.Edit:
    return rows.Edit(
        id=made.id,
        submission_id=correction.submission_id,
        correction_id=correction.id,
        source="human",
        sentence=made.sentence,
        start=made.edit.start,
        end=made.edit.end,
        old=made.edit.old,
        new=made.edit.new,
        category=made.edit.category.value,
        reason=made.reason,
        sentence_hash=made.sentence_hash,
    )
