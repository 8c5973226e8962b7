"""The learners of this context: what identity says of them, and what billing lets them do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.courses.models import Block, Learner
from contexts.identity import api as identity
from contexts.shared.database.aliases import alias_of
from contexts.shared.database.taking import taken
from contexts.shared.people.directory import Directory


def _look_up(person_id: UUID) -> Mapping[str, Any] | None:
    try:
        profile = identity.public_profile(user_id=person_id)
    except identity.UnknownPerson:
        return None
    return {"display_name": profile.display_name}


def _blocks(blocker_id: UUID, blocked_id: UUID) -> bool:
    return identity.blocks(blocker_id=blocker_id, blocked_id=blocked_id)


directory = Directory(
    context="courses",
    person=Learner,
    block=Block,
    look_up=_look_up,
    blocks=_blocks,
    everybody=identity.everybody,
    all_blocks=identity.all_blocks,
)


class LearnerEntitlements:
    def has_premium(self, learner_id: UUID, *, now: datetime) -> bool:
        return Learner.objects.filter(pk=learner_id, premium_until__gt=now).exists()


def note_premium(*, learner_id: UUID, until: datetime | None, revision: int) -> None:
    """Keep until when a learner has Premium; what an older event says is past.

    Whoever is gone stays gone, however late the event comes.
    """
    row = taken(Learner(pk=learner_id), using=alias_of("courses"), pk=learner_id)
    if revision <= row.premium_revision:
        return
    if _look_up(learner_id) is None:
        row.delete()
        return
    row.premium_until, row.premium_revision = until, revision
    row.save(update_fields=["premium_until", "premium_revision"])
