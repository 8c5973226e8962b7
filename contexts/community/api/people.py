"""Whom community knows: names, languages, blocks and lessons, as the others tell."""

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from contexts.community.adapters.people import members
from contexts.community.models import Member
from contexts.shared.database.atomic import for_context
from contexts.shared.people.directory import register

atomic = for_context("community")


def remember_member(*, member_id: UUID) -> None:
    """Take a person's name and languages from identity, as they are now."""
    members.remember(person_id=member_id)


def forget_member(*, member_id: UUID) -> None:
    """An account has ended: its person is no member any more."""
    members.forget(person_id=member_id)


def refresh_block(*, blocker_id: UUID, blocked_id: UUID) -> None:
    """Take over whether one person blocks another."""
    members.refresh_block(blocker_id=blocker_id, blocked_id=blocked_id)


@atomic
def note_lesson(*, member_id: UUID, completed_at: datetime) -> None:
    """Count a completed lesson; who has learned lately is asked for corrections first."""
    if not _count(member_id, completed_at):
        # Events come in any order: nobody knows the member yet, or the account has ended.
        remember_member(member_id=member_id)
        _count(member_id, completed_at)


def _count(member_id: UUID, completed_at: datetime) -> int:
    return Member.objects.filter(pk=member_id).update(
        lessons_completed=F("lessons_completed") + 1,
        last_learned_at=Greatest(Coalesce(F("last_learned_at"), completed_at), completed_at),
    )


def register_people() -> None:
    """Let the command that rebuilds tables of people know community's."""
    register(members)
