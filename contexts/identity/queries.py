"""The read side: a person's own profile, as they see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from contexts.identity.models import Block, Erasure, Follow, SpokenLanguage, User
from contexts.shared.kernel import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    language: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    id: UUID
    email: str
    display_name: str
    country: str
    time_zone: str
    interface_language: str
    native_languages: list[str]
    studied_languages: list[Studied]
    roles: list[str]
    created_at: datetime


def profile(user_id: UUID, *, roles: frozenset[str]) -> Profile:
    """Everything about a person that is theirs to see; `roles` as their token says them."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound
    spoken = list(SpokenLanguage.objects.filter(user_id=user_id).order_by("language"))
    native = SpokenLanguage.Relation.NATIVE
    return Profile(
        id=user.pk,
        email=user.email,
        display_name=user.display_name,
        country=user.country,
        time_zone=user.time_zone,
        interface_language=user.interface_language,
        native_languages=[one.language for one in spoken if one.relation == native],
        studied_languages=[
            Studied(language=one.language, level=one.level)
            for one in spoken
            if one.relation != native
        ],
        roles=sorted(roles),
        created_at=user.created_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as others see them."""

    id: UUID
    display_name: str
    native_languages: list[str]
    studied_languages: list[Studied]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureState:
    requested_at: datetime
    due_at: datetime


def person(person_id: UUID, *, seen_by: UUID) -> Person:
    """Raises NotFound for who is not there, and for who has blocked or is blocked."""
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
    told = list(spoken)
    if not told:
        raise NotFound
    native = SpokenLanguage.Relation.NATIVE
    return Person(
        id=person_id,
        display_name=told[0][0],
        native_languages=[tag for _, tag, relation, _ in told if tag and relation == native],
        studied_languages=[
            Studied(language=tag, level=level)
            for _, tag, relation, level in told
            if tag and relation != native
        ],
    )


def following(person_id: UUID) -> QuerySet[Follow]:
    """Whom a person follows, with their names."""
    return Follow.objects.filter(follower_id=person_id).select_related("followed")


def blocked(person_id: UUID) -> QuerySet[Block]:
    """Whom a person has blocked, with their names."""
    return Block.objects.filter(blocker_id=person_id).select_related("blocked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody in one of a person's lists."""

    id: UUID
    display_name: str
    since: datetime


def followed_person(row: Any) -> Known:
    return Known(id=row.followed_id, display_name=row.followed.display_name, since=row.created_at)


def blocked_person(row: Any) -> Known:
    return Known(id=row.blocked_id, display_name=row.blocked.display_name, since=row.created_at)


def erasure(person_id: UUID) -> ErasureState | None:
    """The wish to be forgotten that still can be withdrawn."""
    wish = Erasure.objects.filter(user_id=person_id, started_at=None).first()
    if wish is None:
        return None
    return ErasureState(requested_at=wish.requested_at, due_at=wish.due_at)
