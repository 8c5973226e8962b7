"""What members were told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import django_filters
from django.db.models import QuerySet

from contexts.community.models import Mailbox, Notification
from contexts.community.queries.people import Person, people


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationShown:
    """`number` grows by one with each notification of a member; `kind` says what `subject` is."""

    id: UUID
    number: int
    kind: str
    actor: Person | None
    subject: UUID | None
    submission: UUID | None
    created_at: datetime
    read_at: datetime | None


class NotificationFilter(django_filters.FilterSet):
    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notification
        fields = ["unread", "kind"]


def notifications_of(member_id: UUID) -> QuerySet[Notification]:
    return Notification.objects.filter(recipient_id=member_id)


def unread_count(member_id: UUID) -> int:
    return notifications_of(member_id).filter(read_at=None).count()


def notifications(page: Iterable[Notification]) -> list[NotificationShown]:
    """The rows, with who is behind them in one more query."""
    rows = list(page)
    actors = people(row.actor_id for row in rows)
    return [
        NotificationShown(
            id=row.pk,
            number=row.number,
            kind=row.kind,
            actor=actors.get(row.actor_id),
            subject=row.subject_id,
            submission=row.submission_id,
            created_at=row.created_at,
            read_at=row.read_at,
        )
        for row in rows
    ]


def notifications_after(
    member_id: UUID, *, after: int, limit: int = 100
) -> list[NotificationShown]:
    """What a member was told after number `after` (0: from the beginning), oldest first.

    Numbers are given under a lock that is held until the commit, so that they become visible in
    their order: whoever has read up to a number has missed none below it, and needs no overlap.
    """
    later = notifications_of(member_id).filter(number__gt=after)
    return notifications(later.order_by("number")[:limit])


def last_numbers(members: Collection[UUID]) -> dict[UUID, int]:
    """The newest number of each of many members in one query; who was told nothing is missing.

    For whoever watches for many: only those whose number has grown need to be read.
    """
    rows = Mailbox.objects.filter(member_id__in=members)
    return dict(rows.values_list("member_id", "last_number"))
