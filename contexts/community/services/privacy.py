"""Export and erasure of a member's data."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from contexts.community.adapters.members import members
from contexts.community.events import EditErased
from contexts.community.models import (
    Case,
    Correction,
    Edit,
    Lease,
    Mailbox,
    Member,
    Notification,
    PointsEntry,
    Reply,
    Report,
    Standing,
    Submission,
)
from contexts.shared.messaging.publishing import publish
from contexts.shared.privacy.exporting import exported

# Every column that may hold a person's id, by model.
COLUMNS = frozenset(
    {
        "Block.blocked_id",
        "Block.blocker_id",
        "Case.about_id",
        "Case.decided_by_id",
        "Case.subject_id",
        "Correction.corrector_id",
        "Lease.member_id",
        "Mailbox.member_id",
        "Member.id",
        "MemberLanguage.member",
        "Notification.actor_id",
        "Notification.recipient_id",
        "Notification.subject_id",
        "PointsEntry.member_id",
        "Reply.author_id",
        "Report.reporter_id",
        "Standing.member_id",
        "StreamTicket.member_id",
        "Submission.writer_id",
    }
)


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """Return a member's texts, corrections, points and notifications; empty for a stranger."""
    mine = {name: rows.order_by("pk") for name, rows in _mine(person_id).items()}
    return {**_membership(person_id), **exported(mine)}


def _membership(person_id: UUID) -> dict[str, Any]:
    row = Member.objects.filter(pk=person_id).first()
    if row is None:
        return {}
    learned = row.last_learned_at
    return {
        "display_name": row.display_name,
        "native_languages": row.native_languages,
        "studied_languages": row.studied_languages,
        "lessons_completed": row.lessons_completed,
        "last_learned_at": learned.isoformat() if learned else None,
    }


def _mine(person_id: UUID) -> dict[str, Any]:
    return {
        "submissions": Submission.objects.filter(writer_id=person_id).values(
            "id", "language", "prompt", "question", "text", "state", "created_at"
        ),
        "corrections": Correction.objects.filter(corrector_id=person_id).values(
            "id", "submission_id", "comment", "verdicts", "created_at"
        ),
        "corrections_received": Correction.objects.filter(
            submission__writer_id=person_id, moderation=""
        ).values("id", "submission_id", "comment", "verdicts", "created_at"),
        "edits_received": Edit.objects.filter(
            submission__writer_id=person_id, correction__moderation=""
        ).values("submission_id", "sentence", "start", "end", "old", "new", "reason", "state"),
        "edits": Edit.objects.filter(correction__corrector_id=person_id).values(
            "id", "new", "reason", "state"
        ),
        "disputes": Edit.objects.filter(submission__writer_id=person_id, state="disputed").values(
            "id", "dispute_reason"
        ),
        "replies": Reply.objects.filter(author_id=person_id).values("id", "text", "created_at"),
        "reports": Report.objects.filter(reporter_id=person_id).values(
            "id", "reason", "comment", "created_at"
        ),
        "points": PointsEntry.objects.filter(member_id=person_id).values(
            "points", "reason", "created_at"
        ),
        "standings": Standing.objects.filter(member_id=person_id).values(
            "language", "accepted", "disputed"
        ),
        "notifications": Notification.objects.filter(recipient_id=person_id).values(
            "kind", "created_at", "read_at"
        ),
    }


def erase(*, person_id: UUID, now: datetime) -> None:
    """Delete a person's own rows; blank their words and their id in others'."""
    # First, since it waits for what the member is just writing.
    members.forget(person_id=person_id)
    written = list(Submission.objects.filter(writer_id=person_id).values_list("pk", flat=True))
    _erase_moderation(person_id, written)
    _erase_edits(person_id, now=now)
    Correction.objects.filter(corrector_id=person_id).update(corrector_id=None, comment="")
    Notification.objects.filter(actor_id=person_id).update(actor_id=None)
    Submission.objects.filter(lease__member_id=person_id).update(leased_until=None)
    own: tuple[tuple[type[Model], dict[str, Any]], ...] = (
        (Lease, {"member_id": person_id}),
        (Reply, {"author_id": person_id}),
        (Mailbox, {"member_id": person_id}),
        (Notification, {"recipient_id": person_id}),
        (PointsEntry, {"member_id": person_id}),
        (Standing, {"member_id": person_id}),
        (Submission, {"writer_id": person_id}),
    )
    for model, mine in own:
        model._default_manager.filter(**mine).delete()


def _erase_edits(person_id: UUID, *, now: datetime) -> None:
    """Delete what a person typed into sentences of others, who see their own sentences again."""
    typed = Edit.objects.filter(correction__corrector_id=person_id)
    accepted = typed.filter(state="accepted").values_list("pk", "submission__writer_id")
    publish(
        [
            EditErased(occurred_at=now, edit_id=edit_id, member_id=writer_id)
            for edit_id, writer_id in accepted
        ]
    )
    typed.delete()


def _erase_moderation(person_id: UUID, written: list[UUID]) -> None:
    about = Q(case__about_id=person_id) | Q(case__submission_id__in=written)
    shown = list(Report.objects.filter(about).values_list("pk", flat=True))
    Report.objects.filter(pk__in=shown).update(evidence={})
    Report.objects.filter(reporter_id=person_id).update(reporter_id=None, comment="")
    Case.objects.filter(about_id=person_id).update(about_id=None)
    Case.objects.filter(decided_by_id=person_id).update(decided_by_id=None)
