"""The door to community: today it knows its members; texts and corrections come next."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from contexts.community.adapters import people
from contexts.community.models import Member
from contexts.shared.database.aliases import alias_of
from contexts.shared.database.atomic import for_context
from contexts.shared.database.taking import taken

__all__ = ["erase_person", "export_person", "forget_member", "note_lesson", "remember_member"]

atomic = for_context("community")


@atomic
def remember_member(*, member_id: UUID) -> None:
    """Take a person's name and languages from identity, as they are now."""
    member = _locked(member_id)
    person = people.person(member_id)
    if person is None:
        member.delete()
        return
    member.display_name = person.display_name
    member.native_languages = person.native_languages
    member.studied_languages = person.studied_languages
    member.save(update_fields=["display_name", "native_languages", "studied_languages"])


@atomic
def forget_member(*, member_id: UUID) -> None:
    """An account has ended: its person is no member any more."""
    # Taken first, so that whoever is just remembering the person is waited for.
    _locked(member_id).delete()


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


def export_person(*, person_id: UUID) -> dict[str, Any]:
    """What community knows of a person; nothing of a stranger."""
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


@atomic
def erase_person(*, person_id: UUID, now: datetime) -> None:
    """Forget the member altogether."""
    _locked(person_id).delete()


def _locked(member_id: UUID) -> Member:
    return taken(Member(id=member_id), using=alias_of("community"), pk=member_id)
