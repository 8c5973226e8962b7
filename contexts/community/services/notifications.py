"""Notifications: each cause once, numbered in the order in which they become visible."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings

from contexts.community.adapters.members import members
from contexts.community.domain.edits import NOBODY
from contexts.community.models import Mailbox, Member, Notification
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.purging import purge_rows
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import first_id_at, new_id


def notify(
    *,
    recipient_id: UUID,
    kind: str,
    cause: str,
    now: datetime,
    actor_id: UUID | None = None,
    subject_id: UUID | None = None,
    submission_id: UUID | None = None,
) -> None:
    """Notify a member once per `cause`. Does nothing if a block separates them from the actor."""
    if recipient_id == NOBODY or not _is_member(recipient_id):
        return
    if actor_id is not None and members.are_apart(recipient_id, actor_id):
        return
    # Locked until the commit, so that no number becomes visible before a lower one.
    box = lock_row(
        Mailbox(member_id=recipient_id), using=alias_of("community"), member_id=recipient_id
    )
    if Notification.objects.filter(recipient_id=recipient_id, cause=cause).exists():
        return
    box.last_number += 1
    box.save(update_fields=["last_number"])
    Notification.objects.create(
        id=new_id(),
        recipient_id=recipient_id,
        number=box.last_number,
        kind=kind,
        cause=cause,
        actor_id=actor_id,
        subject_id=subject_id,
        submission_id=submission_id,
        created_at=now,
    )


def read_notifications(*, member_id: UUID, ids: Collection[UUID] | None, now: datetime) -> None:
    """Mark notifications as read; None marks all of the member's."""
    new = Notification.objects.filter(recipient_id=member_id, read_at=None)
    (new if ids is None else new.filter(pk__in=ids)).update(read_at=now)


def purge_notifications(*, now: datetime) -> int:
    """Delete notifications past their retention. Return their number."""
    long_ago = first_id_at(now - settings.RETENTION["notifications"])
    return purge_rows(Notification.objects.filter(pk__lt=long_ago), using=alias_of("community"))


def _is_member(person_id: UUID) -> bool:
    known = Member.objects.filter(pk=person_id)
    if not known.exists():
        # Events come in any order: the member may not be known yet.
        members.remember(person_id=person_id)
    return known.exists()
