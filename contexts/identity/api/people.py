"""Whom people follow, and whom they do not want to meet."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from contexts.identity.api.profiles import UnknownPerson
from contexts.identity.events import (
    PersonBlocked,
    PersonFollowed,
    PersonUnblocked,
    PersonUnfollowed,
)
from contexts.identity.models import Block, Follow, User
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Event, Invalid
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")


class NotYourself(Invalid):
    code = "not_yourself"
    message = "This is for other people, not for yourself."


class PeopleApart(UnknownPerson):
    """Whoever is blocked learns no more than that there is nobody."""


@atomic
def follow(*, follower_id: UUID, followed_id: UUID, now: datetime) -> None:
    """Hear of a person; who follows them already does. Raises UnknownPerson, NotYourself."""
    _both(follower_id, followed_id)
    if are_apart(follower_id, followed_id):
        raise PeopleApart
    pair = {"follower_id": follower_id, "followed_id": followed_id}
    if Follow.objects.filter(**pair).exists():
        return
    Follow.objects.create(**pair, created_at=now)
    publish([PersonFollowed(occurred_at=now, **pair)])


@atomic
def unfollow(*, follower_id: UUID, followed_id: UUID, now: datetime) -> None:
    """Hear of a person no more; nothing changes for who did not."""
    publish(_unfollowed(follower_id, followed_id, now))


@atomic
def block(*, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None:
    """Never meet a person again: neither sees the other, and neither follows the other.

    Raises UnknownPerson, NotYourself.
    """
    _both(blocker_id, blocked_id)
    pair = {"blocker_id": blocker_id, "blocked_id": blocked_id}
    if Block.objects.filter(**pair).exists():
        return
    Block.objects.create(**pair, created_at=now)
    ended = _unfollowed(blocker_id, blocked_id, now) + _unfollowed(blocked_id, blocker_id, now)
    publish([PersonBlocked(occurred_at=now, **pair), *ended])


@atomic
def unblock(*, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None:
    """Take a block back; nothing changes where there was none."""
    pair = {"blocker_id": blocker_id, "blocked_id": blocked_id}
    gone, _ = Block.objects.filter(**pair).delete()
    if gone:
        publish([PersonUnblocked(occurred_at=now, **pair)])


def blocks(*, blocker_id: UUID, blocked_id: UUID) -> bool:
    """Whether the first has blocked the second."""
    return Block.objects.filter(blocker_id=blocker_id, blocked_id=blocked_id).exists()


def are_apart(one: UUID, other: UUID) -> bool:
    """Whether either has blocked the other."""
    return Block.objects.filter(
        Q(blocker_id=one, blocked_id=other) | Q(blocker_id=other, blocked_id=one)
    ).exists()


def everybody() -> Iterator[UUID]:
    """The ids of all whose accounts have not ended, for tables that are rebuilt."""
    yield from User.objects.filter(is_active=True).values_list("pk", flat=True).iterator()


def all_blocks() -> Iterator[tuple[UUID, UUID]]:
    """Who blocks whom, for tables that are rebuilt."""
    yield from Block.objects.values_list("blocker_id", "blocked_id").iterator()


def _both(one: UUID, other: UUID) -> None:
    if one == other:
        raise NotYourself
    # In one order for everybody, so that two who block each other at once do not deadlock.
    locked = User.objects.select_for_update().filter(pk__in=[one, other], is_active=True)
    if len(locked.order_by("pk")) < len((one, other)):
        raise UnknownPerson


def _unfollowed(follower_id: UUID, followed_id: UUID, now: datetime) -> list[Event]:
    pair = {"follower_id": follower_id, "followed_id": followed_id}
    gone, _ = Follow.objects.filter(**pair).delete()
    return [PersonUnfollowed(occurred_at=now, **pair)] if gone else []
