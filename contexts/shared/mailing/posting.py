"""Posting: the row of a mail, in the transaction of the command that causes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.mailing.models import Mail

_DAY = timedelta(days=1)
# Nobody may fill a stranger's mailbox, however often they ask.
_MOST_A_DAY = 20


def post(
    template: str,
    *,
    context: str,
    person_id: UUID,
    key: str,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
    address: str = "",
    until: datetime | None = None,
    variant: str = "",
    cooldown: timedelta = timedelta(0),
    most_a_day: int = _MOST_A_DAY,
) -> None:
    """Post `templates/<context>/mail/<template>` to a person. Runs in the caller's transaction.

    Does nothing if a mail has the same `key` (the cause, such as an event's id and time), if the
    person got this `variant` of the template within the `cooldown`, or after `most_a_day` of the
    template in a day. `facts` are JSON and must hold no secret. `address` replaces the person's
    present one. After `until` the mail is not sent.
    """
    rows = Mail.objects.using(alias_of(context))
    same = rows.filter(person_id=person_id, context=context, template=template)
    if cooldown and same.filter(variant=variant, posted_at__gt=now - cooldown).exists():
        return
    if same.filter(posted_at__gt=now - _DAY).count() >= most_a_day:
        return
    mail = _mail(
        template,
        context=context,
        person_id=person_id,
        key=key,
        facts=facts,
        now=now,
        variant=variant,
        address=address,
        until=until,
    )
    rows.bulk_create([mail], ignore_conflicts=True)


def post_to_many(
    template: str,
    *,
    context: str,
    person_ids: Iterable[UUID],
    key: str,
    facts: Mapping[str, Any],
    now: datetime,
) -> None:
    """Post one mail to each of many people, at most once under a key."""
    mails = [
        _mail(template, context=context, person_id=one, key=key, facts=facts, now=now)
        for one in person_ids
    ]
    Mail.objects.using(alias_of(context)).bulk_create(mails, ignore_conflicts=True)


def waiting_of(template: str, *, context: str) -> int:
    """Return the number of mails of a template that were not sent yet."""
    rows = Mail.objects.using(alias_of(context)).filter(state=Mail.State.WAITING)
    return rows.filter(context=context, template=template).count()


def _mail(
    template: str,
    *,
    context: str,
    person_id: UUID,
    key: str,
    facts: Mapping[str, Any] | None,
    now: datetime,
    **more: Any,
) -> Mail:
    return Mail(
        key=f"{context}:{template}:{_digest(person_id, key)}",
        context=context,
        template=template,
        person_id=person_id,
        facts=dict(facts or {}),
        posted_at=now,
        due_at=now,
        **more,
    )


def _digest(person_id: UUID, key: str) -> str:
    # Erasure looks for ids of people in texts.
    return sha256(f"{person_id}:{key}".encode()).hexdigest()[:32]
