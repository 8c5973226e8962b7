"""Changing profiles and languages."""

import zoneinfo
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings

from contexts.identity.domain import names
from contexts.identity.domain.profiles import (
    LanguageNamedTwice,
    TooManyLanguages,
    UnknownInterfaceLanguage,
    UnknownLevel,
    UnknownPerson,
    UnknownTimeZone,
)
from contexts.identity.events import ProfileChanged
from contexts.identity.models import SpokenLanguage, User
from contexts.identity.queries.profiles import Studied
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import LanguageTag, Level, address_key
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")

_EDITABLE = frozenset({"display_name", "country", "time_zone", "interface_language"})
_MOST_LANGUAGES = 20


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
    *, user_id: UUID, native: Sequence[str], studied: Sequence[Studied], now: datetime
) -> None:
    """Replace the languages that a person speaks natively and studies.

    Raises UnknownPerson, UnknownLanguage, UnknownLevel, LanguageNamedTwice, TooManyLanguages.
    """
    rows = _language_rows(user_id, native, studied)
    if User.objects.select_for_update().filter(pk=user_id).first() is None:
        raise UnknownPerson
    SpokenLanguage.objects.filter(user_id=user_id).delete()
    SpokenLanguage.objects.bulk_create(rows)
    publish([ProfileChanged(occurred_at=now, user_id=user_id)])


def _language_rows(
    user_id: UUID, native: Sequence[str], studied: Sequence[Studied]
) -> list[SpokenLanguage]:
    if len(native) + len(studied) > _MOST_LANGUAGES:
        raise TooManyLanguages(most=_MOST_LANGUAGES)
    relation = SpokenLanguage.Relation
    entries = [(LanguageTag.parse(tag), relation.NATIVE, "") for tag in native]
    entries += [
        (LanguageTag.parse(one.language), relation.STUDIED, _level(one.level)) for one in studied
    ]
    seen: set[str] = set()
    for tag, _, _ in entries:
        if tag in seen:
            raise LanguageNamedTwice(language=tag)
        seen.add(tag)
    return [
        SpokenLanguage(user_id=user_id, language=str(tag), relation=how, level=level)
        for tag, how, level in entries
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
    """Return the id behind an address. For the console only: it tells who has an account."""
    found = User.objects.filter(email_key=address_key(email))
    return found.values_list("pk", flat=True).first()
