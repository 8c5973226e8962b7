"""Following and blocking."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from contexts.identity.domain.profiles import UnknownPerson
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
    message = "You cannot follow or block yourself."


class PeopleApart(UnknownPerson):
    """Reads like an unknown person: a blocked person must not learn of the block."""


@atomic
def follow(*, follower_id: UUID, followed_id: UUID, now: datetime) -> None:
    """Follow a person. Does nothing if following. Raises UnknownPerson, NotYourself."""
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
    """Unfollow a person. Does nothing if not following."""
    publish(_unfollowed(follower_id, followed_id, now))


@atomic
def block(*, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None:
    """Block a person: neither can see or follow the other.

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
    """Remove a block. Does nothing if there is none."""
    pair = {"blocker_id": blocker_id, "blocked_id": blocked_id}
    gone, _ = Block.objects.filter(**pair).delete()
    if gone:
        publish([PersonUnblocked(occurred_at=now, **pair)])


def blocks(*, blocker_id: UUID, blocked_id: UUID) -> bool:
    """Whether the first blocks the second."""
    return Block.objects.filter(blocker_id=blocker_id, blocked_id=blocked_id).exists()


def are_apart(one: UUID, other: UUID) -> bool:
    """Whether either blocks the other."""
    return Block.objects.filter(
        Q(blocker_id=one, blocked_id=other) | Q(blocker_id=other, blocked_id=one)
    ).exists()


def everybody() -> Iterator[UUID]:
    """Yield the ids of all open accounts, for rebuilding tables of people."""
    yield from User.objects.filter(is_active=True).values_list("pk", flat=True).iterator()


def all_blocks() -> Iterator[tuple[UUID, UUID]]:
    """Yield all pairs of blocker and blocked, for rebuilding tables of people."""
    yield from Block.objects.values_list("blocker_id", "blocked_id").iterator()


def _both(one: UUID, other: UUID) -> None:
    if one == other:
        raise NotYourself
    # Locked in one order, so that two people who block each other at once do not deadlock.
    locked = User.objects.select_for_update().filter(pk__in=[one, other], is_active=True)
    if len(locked.order_by("pk")) < len((one, other)):
        raise UnknownPerson


def _unfollowed(follower_id: UUID, followed_id: UUID, now: datetime) -> list[Event]:
    pair = {"follower_id": follower_id, "followed_id": followed_id}
    gone, _ = Follow.objects.filter(**pair).delete()
    return [PersonUnfollowed(occurred_at=now, **pair)] if gone else []
