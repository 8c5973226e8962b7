"""Synthetic accounts, for development and benchmarks."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.contrib.auth.models import Group

from contexts.identity.models import Block, SpokenLanguage, User
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.filling import Row, fill
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import address_key
from contexts.shared.people.made_up import MadeUpPerson, unknown

atomic = for_context("identity")

_USER = (
    "id",
    "email",
    "email_key",
    "display_name",
    "country",
    "time_zone",
    "interface_language",
    "verified_at",
    "created_at",
    "access_version",
)
_LANGUAGE = ("user_id", "language", "relation", "level")
_BLOCK = ("blocker_id", "blocked_id", "created_at")


def password_hash(password: str | None) -> str:
    """Return one hash for many accounts. None gives a hash that no password matches."""
    return make_password(password) if password else f"{UNUSABLE_PASSWORD_PREFIX}fabricated"


@atomic
def fabricate(people: Sequence[MadeUpPerson], *, password_hash: str) -> int:
    """Write verified accounts with roles and languages; known people are left out.

    Return the number of rows.
    """
    new = unknown(people, User, using=alias_of("identity"))
    write = partial(fill, using=alias_of("identity"))
    groups = dict(Group.objects.values_list("name", "pk"))
    return (
        write(
            User,
            _USER,
            map(_user, new),
            password=password_hash,
            last_login=None,
            is_superuser=False,
            is_staff=False,
            is_active=True,
            erased_at=None,
            registered_again=False,
            suspended_at=None,
            suspended_because="",
        )
        + write(User.groups.through, ("user_id", "group_id"), _memberships(new, groups))
        + write(SpokenLanguage, _LANGUAGE, _languages(new))
        + write(Block, _BLOCK, ((p.id, p.blocks, p.joined_at) for p in new if p.blocks))
    )


def _user(one: MadeUpPerson) -> Row:
    # Each granted role raised the version.
    version = 2 if one.teaches else 1
    return (
        one.id,
        one.email,
        address_key(one.email),
        one.name,
        one.country,
        one.time_zone,
        one.native,
        one.joined_at,
        one.joined_at,
        version,
    )


def _memberships(people: Sequence[MadeUpPerson], groups: Mapping[str, int]) -> Iterator[Row]:
    for one in people:
        yield one.id, groups["learner"]
        if one.teaches:
            yield one.id, groups["tutor"]


def _languages(people: Sequence[MadeUpPerson]) -> Iterator[Row]:
    for one in people:
        yield one.id, one.native, "native", ""
        yield one.id, one.studied, "studied", one.level
