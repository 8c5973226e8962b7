"""Notifications of members."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

import django_filters
from django.db.models import QuerySet

from contexts.community import models as rows
from contexts.community.queries.members import Member, apart, people
from contexts.shared.kernel.shapes import from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification of the caller."""

    id: UUID
    number: Annotated[int, "Grows by one with each of the caller's."]
    kind: str
    actor: Member | None
    subject: Annotated[UUID | None, "A correction, an edit or a lesson, as `kind` says."]
    submission: UUID | None
    created_at: datetime
    read_at: datetime | None


class NotificationFilter(django_filters.FilterSet):
    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = rows.Notification
        fields = ["unread", "kind"]


def notifications_of(member_id: UUID) -> QuerySet[rows.Notification]:
    """A member's notifications, without those of members whom a block separates from them."""
    return rows.Notification.objects.filter(~apart(member_id, "actor_id"), recipient_id=member_id)


def unread_count(member_id: UUID) -> int:
    return notifications_of(member_id).filter(read_at=None).count()


def notifications(page: Iterable[rows.Notification], *, seen_by: UUID) -> list[Notification]:
    """Return a page of a member's notifications with their actors, in one more query."""
    found = list(page)
    actors = people((row.actor_id for row in found), seen_by=seen_by)
    return [
        from_row(
            Notification,
            row,
            actor=actors.get(row.actor_id),
            subject=row.subject_id,
            submission=row.submission_id,
        )
        for row in found
    ]


def notifications_after(member_id: UUID, *, after: int, limit: int = 100) -> list[Notification]:
    """Return a member's notifications after number `after` (0: all), oldest first.

    Numbers are given under a lock that is held until the commit, so they become visible in order:
    a reader who has read up to a number has missed none below it, and needs no overlap.
    """
    later = notifications_of(member_id).filter(number__gt=after)
    return notifications(later.order_by("number")[:limit], seen_by=member_id)


def last_numbers(members: Collection[UUID]) -> dict[UUID, int]:
    """Latest notification number per member, in one query. Members without any are omitted.

    A poller for many members then reads only those whose number has grown.
    """
    found = rows.Mailbox.objects.filter(member_id__in=members)
    return dict(found.values_list("member_id", "last_number"))
