"""Members and the lessons that they have completed."""

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from contexts.community.adapters.members import members
from contexts.community.models import Member


def note_lesson(*, member_id: UUID, completed_at: datetime) -> None:
    """Count a completed lesson. Recent learners are asked for corrections first."""
    if not _count(member_id, completed_at):
        # Events come in any order: the member is not known yet, or the account has ended.
        members.remember(person_id=member_id)
        _count(member_id, completed_at)


def _count(member_id: UUID, completed_at: datetime) -> int:
    return Member.objects.filter(pk=member_id).update(
        lessons_completed=F("lessons_completed") + 1,
        last_learned_at=Greatest(Coalesce(F("last_learned_at"), completed_at), completed_at),
    )
