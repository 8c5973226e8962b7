"""Profiles: a person's own, and what other contexts may know."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from annotated_types import MaxLen, MinLen

from contexts.identity.domain.profiles import UnknownPerson
from contexts.identity.models import SpokenLanguage, User
from contexts.identity.queries.agreements import NeededAgreement, has_agreed, needed
from contexts.shared.kernel import Level, NotFound
from contexts.shared.kernel.shapes import Format, from_row

Country = Annotated[str, re.compile(r"^[A-Z]{2}$"), MinLen(0), "ISO 3166-1 alpha-2, or empty."]
TimeZone = Annotated[str, MaxLen(64), "IANA name."]
InterfaceLanguage = Literal["en", "es"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """A language that a person studies."""

    language: Annotated[str, MaxLen(35), "BCP 47."]
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The caller's own profile."""

    id: UUID
    email: Annotated[str, Format("email")]
    display_name: Annotated[str, MaxLen(80)]
    country: Country
    time_zone: TimeZone
    interface_language: InterfaceLanguage
    native_languages: list[str]
    studied_languages: list[Studied]
    roles: list[str]
    agreements_needed: Annotated[
        list[NeededAgreement], "What the caller should read and agree to. Nothing is refused."
    ]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicProfile:
    """A person's profile for other contexts."""

    id: UUID
    display_name: str
    country: str
    time_zone: str
    interface_language: str
    native_languages: tuple[str, ...]
    studied_languages: tuple[Studied, ...]


def profile(user_id: UUID, *, roles: frozenset[str], now: datetime) -> Profile:
    """Return a person's own profile; `roles` are those of their token. Raises NotFound."""
    people = User.objects.annotate(agreed=has_agreed(now=now))
    row = people.filter(pk=user_id, is_active=True).first()
    if row is None:
        raise NotFound
    native, studied = _languages(user_id)
    return from_row(
        Profile,
        row,
        native_languages=native,
        studied_languages=studied,
        roles=sorted(roles),
        agreements_needed=[] if row.agreed else needed(now=now),
    )


def public_profile(*, user_id: UUID) -> PublicProfile:
    """Raises UnknownPerson, also for an account that has ended."""
    row = User.objects.filter(pk=user_id, is_active=True).first()
    if row is None:
        raise UnknownPerson
    native, studied = _languages(user_id)
    languages = {"native_languages": tuple(native), "studied_languages": tuple(studied)}
    return from_row(PublicProfile, row, **languages)


def _languages(user_id: UUID) -> tuple[list[str], list[Studied]]:
    rows = list(SpokenLanguage.objects.filter(user_id=user_id).order_by("language"))
    native = SpokenLanguage.Relation.NATIVE
    return (
        [row.language for row in rows if row.relation == native],
        [
            Studied(language=row.language, level=Level(row.level))
            for row in rows
            if row.relation != native
        ],
    )
