"""The read side: a person's own profile, as they see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.identity.models import SpokenLanguage, User
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
