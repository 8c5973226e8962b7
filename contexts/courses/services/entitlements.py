"""Premium, as billing's events say."""

from datetime import datetime
from uuid import UUID

from contexts.courses.adapters.learners import learners
from contexts.courses.models import Learner
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row


def note_premium(*, learner_id: UUID, until: datetime | None, revision: int) -> None:
    """Store the end of a learner's Premium. Does nothing if a newer revision is stored.

    A learner who has left is not stored again.
    """
    row = lock_row(Learner(pk=learner_id), using=alias_of("courses"), pk=learner_id)
    if revision <= row.premium_revision:
        return
    if learners.look_up(learner_id) is None:
        row.delete()
        return
    row.premium_until, row.premium_revision = until, revision
    row.save(update_fields=["premium_until", "premium_revision"])
