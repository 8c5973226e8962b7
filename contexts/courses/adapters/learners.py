"""The learners of this context: what identity says of them, and what billing lets them do."""

from datetime import datetime
from uuid import UUID

from contexts.courses.models import Learner
from contexts.identity import api as identity
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.people.directory import Directory

directory = Directory(
    context="courses",
    person=Learner,
    identity=identity,
    columns=lambda profile: {"display_name": profile.display_name},
)


class LearnerEntitlements:
    def has_premium(self, learner_id: UUID, *, now: datetime) -> bool:
        return Learner.objects.filter(pk=learner_id, premium_until__gt=now).exists()


def note_premium(*, learner_id: UUID, until: datetime | None, revision: int) -> None:
    """Keep until when a learner has Premium; what an older event says is past.

    Whoever is gone stays gone, however late the event comes.
    """
    row = lock_row(Learner(pk=learner_id), using=alias_of("courses"), pk=learner_id)
    if revision <= row.premium_revision:
        return
    if directory.look_up(learner_id) is None:
        row.delete()
        return
    row.premium_until, row.premium_revision = until, revision
    row.save(update_fields=["premium_until", "premium_revision"])
