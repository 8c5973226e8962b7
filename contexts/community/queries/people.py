"""Members as they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from contexts.community.models import Block, Member
from contexts.shared.kernel import NotFound


class MemberUnknown(NotFound):
    code = "member_unknown"
    message = "Community has not heard of you yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """What community knows of a member."""

    id: UUID
    display_name: str
    native_languages: list[str]
    studied_languages: list[str]
    lessons_completed: int
    last_learned_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member as others see them; who is gone is None in their place."""

    id: UUID
    name: str
    native_languages: list[str]


def membership(member_id: UUID) -> Membership:
    """Raises MemberUnknown."""
    row = Member.objects.filter(pk=member_id).first()
    if row is None:
        raise MemberUnknown
    return Membership(
        id=row.pk,
        display_name=row.display_name,
        native_languages=row.native_languages,
        studied_languages=row.studied_languages,
        lessons_completed=row.lessons_completed,
        last_learned_at=row.last_learned_at,
    )


def is_member(member_id: UUID) -> bool:
    """Whether the person is (still) there."""
    return Member.objects.filter(pk=member_id).exists()


def people(ids: Iterable[UUID | None]) -> dict[UUID | None, Person]:
    """Those of them who are members, in one query."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    rows = Member.objects.filter(pk__in=wanted).values_list(
        "pk", "display_name", "native_languages"
    )
    return {
        pk: Person(id=pk, name=name, native_languages=languages) for pk, name, languages in rows
    }


def hidden_from(member_id: UUID) -> set[UUID]:
    """Whom a member does not meet: those they block and those who block them."""
    pairs = Block.objects.filter(Q(blocker_id=member_id) | Q(blocked_id=member_id))
    found = pairs.values_list("blocker_id", "blocked_id")
    return {one for pair in found for one in pair} - {member_id}
