from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.community.models import Member
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
