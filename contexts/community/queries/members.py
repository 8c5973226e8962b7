"""Members as they see themselves and others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from contexts.community import models as rows
from contexts.shared.kernel import NotFound
from contexts.shared.kernel.shapes import from_row


class MemberUnknown(NotFound):
    code = "member_unknown"
    message = "Your membership is being set up. Try again in a moment."


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The caller as a member."""

    id: UUID
    display_name: str
    native_languages: list[str]
    studied_languages: list[str]
    lessons_completed: int
    last_learned_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member as others see them. Null in the place of a member who has left."""

    id: UUID
    name: str
    native_languages: list[str]


def membership(member_id: UUID) -> Membership:
    """Raises MemberUnknown."""
    row = rows.Member.objects.filter(pk=member_id).first()
    if row is None:
        raise MemberUnknown
    return from_row(Membership, row)


def is_member(member_id: UUID) -> bool:
    """Whether the person is a member."""
    return rows.Member.objects.filter(pk=member_id).exists()


def people(ids: Iterable[UUID | None], *, seen_by: UUID) -> dict[UUID | None, Member]:
    """Return the members among some ids whom a member may see, in one query."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    visible = rows.Member.objects.filter(~apart(seen_by, "pk"), pk__in=wanted)
    found = visible.values_list("pk", "display_name", "native_languages")
    return {
        pk: Member(id=pk, name=name, native_languages=languages) for pk, name, languages in found
    }


def apart(member_id: UUID | OuterRef, column: str) -> Exists:
    """Whether a block separates a member from the member in a column of the row."""
    other = OuterRef(column)
    return Exists(
        rows.Block.objects.filter(
            Q(blocker_id=member_id, blocked_id=other) | Q(blocker_id=other, blocked_id=member_id)
        )
    )


def hidden_from(member_id: UUID) -> set[UUID]:
    """Return the members whom a member blocks and who block them."""
    pairs = rows.Block.objects.filter(Q(blocker_id=member_id) | Q(blocked_id=member_id))
    found = pairs.values_list("blocker_id", "blocked_id")
    return {one for pair in found for one in pair} - {member_id}
