"""What members are told, each thing once, in an order that a reader can follow."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings

from contexts.community.adapters.people import members
from contexts.community.api.people import PEOPLE
from contexts.community.domain.reviewing import NOBODY
from contexts.community.models import Mailbox, Member, Notification
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.purging import purge_rows
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import first_id_at, new_id

atomic = for_context("community")


@atomic
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
    """Tell a member something once a `cause`; nobody is told of whom they are apart from."""
    if recipient_id == NOBODY or not _is_member(recipient_id):
        return
    if actor_id is not None and members.are_apart(recipient_id, actor_id):
        return
    # Locked until the commit, so that nobody sees a number before the ones below it.
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


@atomic
def read_notifications(*, member_id: UUID, ids: Collection[UUID] | None, now: datetime) -> None:
    """Note that a member has seen these, or with None all that there are."""
    new = Notification.objects.filter(recipient_id=member_id, read_at=None)
    (new if ids is None else new.filter(pk__in=ids)).update(read_at=now)


def purge_notifications(*, now: datetime) -> int:
    """Forget what members were told long ago. Returns how many."""
    long_ago = first_id_at(now - settings.RETENTION["notifications"])
    return purge_rows(Notification.objects.filter(pk__lt=long_ago), using=alias_of("community"))


def _is_member(person_id: UUID) -> bool:
    known = Member.objects.filter(pk=person_id)
    if not known.exists():
        # Events come in any order: nobody may have told us of them yet.
        PEOPLE.remember(person_id=person_id)
    return known.exists()
