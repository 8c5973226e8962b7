"""Who people are, and which languages they bring and learn."""

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings

from contexts.identity.api import names
from contexts.identity.events import ProfileChanged
from contexts.identity.models import SpokenLanguage, User, address_key
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Invalid, LanguageTag, Level, NotFound
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")

_EDITABLE = frozenset({"display_name", "country", "time_zone", "interface_language"})
_MOST_LANGUAGES = 20


class UnknownPerson(NotFound):
    code = "unknown_person"
    message = "There is no such person."


class UnknownTimeZone(Invalid):
    code = "unknown_time_zone"
    message = "“{time_zone}” is not an IANA time zone."


class UnknownInterfaceLanguage(Invalid):
    code = "unknown_interface_language"
    message = "The interface speaks {known}."


class UnknownLevel(Invalid):
    code = "unknown_level"
    message = "“{level}” is not a level from A1 to C2."


class LanguageNamedTwice(Invalid):
    code = "language_named_twice"
    message = "“{language}” is named twice."


class TooManyLanguages(Invalid):
    code = "too_many_languages"
    message = "At most {most} languages."


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiedLanguage:
    language: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicProfile:
    """What other contexts may know of a person."""

    id: UUID
    display_name: str
    country: str
    time_zone: str
    interface_language: str
    native_languages: tuple[str, ...]
    studied_languages: tuple[StudiedLanguage, ...]


@atomic
def change_profile(*, user_id: UUID, changes: Mapping[str, str], now: datetime) -> None:
    """Change display name, country, time zone or interface language.

    Raises UnknownPerson, MalformedName, UnknownCountry, UnknownTimeZone,
    UnknownInterfaceLanguage.
    """
    fields = {name: value for name, value in changes.items() if name in _EDITABLE}
    if "display_name" in fields:
        fields["display_name"] = names.sound_name(fields["display_name"])
    if "country" in fields:
        fields["country"] = names.known_country(fields["country"])
    if "time_zone" in fields and not is_time_zone(fields["time_zone"]):
        raise UnknownTimeZone(time_zone=fields["time_zone"][:64])
    if "interface_language" in fields:
        known = [code for code, _ in settings.LANGUAGES]
        if fields["interface_language"] not in known:
            raise UnknownInterfaceLanguage(known=", ".join(known))
    if not fields:
        return
    if not User.objects.filter(pk=user_id).update(**fields):
        raise UnknownPerson
    publish([ProfileChanged(occurred_at=now, user_id=user_id)])


@atomic
def set_languages(
    *, user_id: UUID, native: Sequence[str], studied: Sequence[StudiedLanguage], now: datetime
) -> None:
    """Say which languages a person speaks natively and which they study, replacing what was said.

    Raises UnknownPerson, UnknownLanguage, UnknownLevel, LanguageNamedTwice, TooManyLanguages.
    """
    rows = _language_rows(user_id, native, studied)
    if User.objects.select_for_update().filter(pk=user_id).first() is None:
        raise UnknownPerson
    SpokenLanguage.objects.filter(user_id=user_id).delete()
    SpokenLanguage.objects.bulk_create(rows)
    publish([ProfileChanged(occurred_at=now, user_id=user_id)])


def _language_rows(
    user_id: UUID, native: Sequence[str], studied: Sequence[StudiedLanguage]
) -> list[SpokenLanguage]:
    if len(native) + len(studied) > _MOST_LANGUAGES:
        raise TooManyLanguages(most=_MOST_LANGUAGES)
    relation = SpokenLanguage.Relation
    said = [(LanguageTag.parse(tag), relation.NATIVE, "") for tag in native]
    said += [
        (LanguageTag.parse(one.language), relation.STUDIED, _level(one.level)) for one in studied
    ]
    seen: set[str] = set()
    for tag, _, _ in said:
        if tag in seen:
            raise LanguageNamedTwice(language=tag)
        seen.add(tag)
    return [
        SpokenLanguage(user_id=user_id, language=str(tag), relation=how, level=level)
        for tag, how, level in said
    ]


def _level(name: str) -> str:
    if name not in {level.value for level in Level}:
        raise UnknownLevel(level=name[:40])
    return name


def is_time_zone(name: str) -> bool:
    """Whether the IANA database knows a zone of this name."""
    return name in _time_zones()


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def find_person(*, email: str) -> UUID | None:
    """The id behind an address, for the console; no entry point for strangers may use it."""
    found = User.objects.filter(email_key=address_key(email))
    return found.values_list("pk", flat=True).first()


def public_profile(*, user_id: UUID) -> PublicProfile:
    """Raises UnknownPerson, also for an account that has ended."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise UnknownPerson
    spoken = list(SpokenLanguage.objects.filter(user_id=user_id).order_by("language"))
    native = SpokenLanguage.Relation.NATIVE
    return PublicProfile(
        id=user_id,
        display_name=user.display_name,
        country=user.country,
        time_zone=user.time_zone,
        interface_language=user.interface_language,
        native_languages=tuple(one.language for one in spoken if one.relation == native),
        studied_languages=tuple(
            StudiedLanguage(language=one.language, level=one.level)
            for one in spoken
            if one.relation != native
        ),
    )
