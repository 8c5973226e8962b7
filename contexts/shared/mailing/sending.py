"""Sending: due mails leave outside any transaction, each at least once."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet

from contexts.shared.database.failures.outages import is_infrastructure
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.database.transactions.atomic import refuse_in_transaction
from contexts.shared.kernel import now
from contexts.shared.mailing.facts import last_facts
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.recipients import find_recipient
from contexts.shared.mailing.rendering import rendered

log = structlog.get_logger(__name__)

BATCH = 50
# Longer than a batch takes. A mail whose sender was killed is sent again after it.
_CLAIMED = timedelta(minutes=15)
_FIRST_DELAY = timedelta(seconds=10)
_LONGEST_DELAY = timedelta(hours=2)
GIVE_UP_AFTER = timedelta(days=3)
_ERROR_CHARACTERS = 2_000
_PERMANENT = range(500, 600)


def send_due() -> int:
    """Send the due mails of every database. Return the number of mails that left."""
    refuse_in_transaction("mail")
    return sum(_send_due(using) for using in all_aliases())


def _send_due(using: str) -> int:
    sent = 0
    while batch := _claim(using, at=now()):
        # One connection for the batch. It opens at the first mail that is still needed.
        connection = get_connection()
        sent += sum(_send(mail, connection, using=using) for mail in batch)
        connection.close()
        if len(batch) < BATCH:
            break
    return sent


def _claim(using: str, *, at: datetime) -> list[Mail]:
    due = Mail.objects.using(using).filter(state=Mail.State.WAITING, due_at__lte=at)
    with transaction.atomic(using=using):
        batch = list(due.order_by("due_at").select_for_update(skip_locked=True)[:BATCH])
        ids = [mail.pk for mail in batch]
        Mail.objects.using(using).filter(pk__in=ids).update(due_at=at + _CLAIMED)
    return batch


def _send(mail: Mail, connection: BaseEmailBackend, *, using: str) -> bool:
    """Send one mail and write what became of it. Return whether it left."""
    try:
        state = _attempt(mail, connection)
    except Exception as error:
        if is_infrastructure(error):
            # The database failed, which says nothing about the mail. Its claim ends by itself.
            raise
        _postpone(mail, error, using=using)
        return False
    _write(mail, state, using=using)
    return state == Mail.State.SENT


def _attempt(mail: Mail, connection: BaseEmailBackend) -> Mail.State:
    if mail.until and mail.until < now():
        return Mail.State.NOT_NEEDED
    recipient = find_recipient(mail.person_id)
    if recipient is None:
        return Mail.State.NOT_NEEDED
    facts = last_facts(mail)
    if facts is None:
        return Mail.State.NOT_NEEDED
    connection.send_messages([rendered(mail, recipient, facts)])
    return Mail.State.SENT


def _write(mail: Mail, state: Mail.State, *, using: str) -> None:
    sent_at = now() if state == Mail.State.SENT else None
    _row(mail, using).update(
        state=state, sent_at=sent_at, attempts=mail.attempts + 1, address="", error=""
    )


def _postpone(mail: Mail, error: Exception, *, using: str) -> None:
    attempts, at = mail.attempts + 1, now()
    state = Mail.State.WAITING
    if _is_refused(error):
        state = Mail.State.REFUSED
    elif at - mail.posted_at >= GIVE_UP_AFTER:
        state = Mail.State.GIVEN_UP
    log.warning("mail_failed", mail=str(mail.pk), state=state, error=repr(error))
    _row(mail, using).update(
        state=state,
        attempts=attempts,
        due_at=at + delay(attempts),
        error=repr(error)[:_ERROR_CHARACTERS],
    )


def _row(mail: Mail, using: str) -> QuerySet[Mail]:
    return Mail.objects.using(using).filter(pk=mail.pk)


def _is_refused(error: Exception) -> bool:
    """Whether the server refuses this address or message for good.

    What it says of us, such as of our password, is for operators to mend, so the mail waits.
    """
    if isinstance(error, UnicodeError):
        return True
    codes: Iterable[int] = ()
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    elif isinstance(error, SMTPDataError):
        codes = [error.smtp_code]
    return bool(codes) and all(code in _PERMANENT for code in codes)


def delay(attempts: int) -> timedelta:
    """Return the wait after so many attempts: 10 s, doubled up to two hours, with jitter."""
    longest: timedelta = min(_FIRST_DELAY * 2 ** min(attempts - 1, 12), _LONGEST_DELAY)
    wait: timedelta = longest * random.uniform(0.75, 1.0)  # noqa: S311
    return wait
