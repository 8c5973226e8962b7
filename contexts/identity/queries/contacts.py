"""Other people, and the people whom a person follows or blocks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from contexts.identity.models import Block, Follow, SpokenLanguage, User
from contexts.identity.queries.profiles import Studied
from contexts.shared.kernel import Level, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as others see them."""

    id: UUID
    display_name: str
    native_languages: list[str]
    studied_languages: list[Studied]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person whom the caller follows or blocks."""

    id: UUID
    display_name: str
    since: datetime


def followed_person(row: Any) -> Known:
    return Known(id=row.followed_id, display_name=row.followed.display_name, since=row.created_at)


def blocked_person(row: Any) -> Known:
    name = "" if row.blocks_back else row.blocked.display_name
    return Known(id=row.blocked_id, display_name=name, since=row.created_at)


def person(person_id: UUID, *, seen_by: UUID) -> Person:
    """Raises NotFound for an unknown person, and if one of the two blocks the other."""
    apart = Block.objects.filter(
        Q(blocker_id=seen_by, blocked_id=OuterRef("pk"))
        | Q(blocker_id=OuterRef("pk"), blocked_id=seen_by)
    )
    rows = User.objects.filter(
        ~Exists(apart), pk=person_id, is_active=True, verified_at__isnull=False
    )
    spoken = rows.order_by("languages__language").values_list(
        "display_name", "languages__language", "languages__relation", "languages__level"
    )
    found = list(spoken)
    if not found:
        raise NotFound
    native = SpokenLanguage.Relation.NATIVE
    return Person(
        id=person_id,
        display_name=found[0][0],
        native_languages=[tag for _, tag, relation, _ in found if tag and relation == native],
        studied_languages=[
            Studied(language=tag, level=Level(level))
            for _, tag, relation, level in found
            if tag and relation != native
        ],
    )


def following(person_id: UUID) -> QuerySet[Follow]:
    """The people whom a person follows, with their names."""
    return Follow.objects.filter(follower_id=person_id).select_related("followed")


def blocked(person_id: UUID) -> QuerySet[Block]:
    """The people whom a person blocks, with the names of those who do not block them, too."""
    back = Block.objects.filter(blocker_id=OuterRef("blocked_id"), blocked_id=person_id)
    mine = Block.objects.filter(blocker_id=person_id).select_related("blocked")
    return mine.annotate(blocks_back=Exists(back))
