"""Whom community knows: names, languages, blocks and lessons, as the others tell."""

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from contexts.community.adapters import privacy
from contexts.community.adapters.people import members
from contexts.community.events import PersonErased
from contexts.community.models import Member
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.people.people import People

atomic = for_context("community")


PEOPLE = People(
    directory=members,
    noun="member",
    columns=privacy.COLUMNS,
    export=privacy.export_person,
    erase=privacy.erase,
    erased=PersonErased,
)


@atomic
def note_lesson(*, member_id: UUID, completed_at: datetime) -> None:
    """Count a completed lesson; who has learned lately is asked for corrections first."""
    if not _count(member_id, completed_at):
        # Events come in any order: nobody knows the member yet, or the account has ended.
        PEOPLE.remember(person_id=member_id)
        _count(member_id, completed_at)


def _count(member_id: UUID, completed_at: datetime) -> int:
    return Member.objects.filter(pk=member_id).update(
        lessons_completed=F("lessons_completed") + 1,
        last_learned_at=Greatest(Coalesce(F("last_learned_at"), completed_at), completed_at),
    )
