"""Second factors of the staff. Without one, a session has none of the powers of its roles."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F

from contexts.identity.adapters import credentials
from contexts.identity.adapters import second_factors as factors
from contexts.identity.domain.profiles import UnknownPerson
from contexts.identity.models import Session, StaffEnrollment, User
from contexts.identity.queries.second_factors import is_enrolled
from contexts.identity.services.accounts import end_sessions
from contexts.identity.services.roles import STAFF_ROLES
from contexts.shared.audit.models import AuditEntry
from contexts.shared.audit.recording import record
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.http.clients import Client
from contexts.shared.http.throttling import Limit, limited
from contexts.shared.kernel import Conflict, Unauthenticated
from contexts.shared.mailing.posting import post

atomic = for_context("identity")


class WrongCode(Unauthenticated):
    code = "wrong_code"
    message = "This code is wrong or was used before. Wait for the next code of your app."


class NoSecondFactor(Conflict):
    code = "no_second_factor"
    message = "This person has no second factor."


def is_admitted(*, user_id: UUID, proven: bool) -> bool:
    """Whether a session has the powers of its person's roles.

    Development asks only those who have a factor, so that demo staff need none.
    """
    return proven or (settings.DEVELOPMENT and not is_enrolled(user_id))


def withheld(roles: set[str], *, user_id: UUID, proven: bool) -> set[str]:
    """Return the roles that a session lacks until its person proves a second factor."""
    staff = roles & STAFF_ROLES
    return set() if not staff or is_admitted(user_id=user_id, proven=proven) else staff


def prove(
    *, user_id: UUID, session_id: UUID | None, code: str, client: Client, now: datetime
) -> str:
    """Prove a second factor in a page's session. Return the type of the code.

    Raises Throttled, WrongCode.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise WrongCode
    with guessing(user, client) as give_back:
        try:
            kind = _prove(user, session_id=session_id, code=code, now=now)
        except WrongCode:
            _note(user_id, actor_id=user_id, reason=WrongCode.code, now=now, refused=True)
            raise
        give_back()
    return kind


@contextmanager
def guessing(user: User, client: Client) -> Iterator[Callable[[], None]]:
    """Count a code as a guess until the given function takes it back. Raises Throttled.

    Codes count as passwords do. A limit of their own holds on every device: who knows the password
    makes new devices at will.
    """
    account = Limit("code_guesses", str(user.pk))
    with limited(account, *credentials.limits(user.email_key, user, client)) as give_back:
        yield give_back


@atomic
def _prove(user: User, *, session_id: UUID | None, code: str, now: datetime) -> str:
    User.objects.select_for_update().get(pk=user.pk)
    kind = spend(user, code=code, source="pages", now=now)
    alive = Session.objects.filter(user=user, ended_at=None)
    if not (session_id and alive.filter(pk=session_id).update(proven_at=now)):
        raise WrongCode
    return kind


def spend(user: User, *, code: str, source: str, now: datetime) -> str:
    """Accept a code once. Return its type. Raises WrongCode. The caller holds the person's row."""
    kind = factors.spend(user.pk, code)
    if kind is None:
        raise WrongCode
    _note(user.pk, actor_id=user.pk, reason=kind, now=now, source=source)
    return kind


@atomic
def renew_recovery_codes(*, user_id: UUID, now: datetime) -> list[str]:
    """Replace the recovery codes of a person who has just proven the factor, and return them.

    Raises NoSecondFactor.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not is_enrolled(user_id):
        raise NoSecondFactor
    codes = factors.new_recovery_codes(user)
    _note(user_id, actor_id=user_id, action="second_factor.recovery_codes_renewed", now=now)
    notify(user_id, act="codes", now=now)
    return codes


@atomic
def reset_second_factor(*, user_id: UUID, now: datetime, by: UUID | None = None) -> None:
    """Remove a lost second factor, end the sessions and tell the person by mail.

    Raises UnknownPerson, NoSecondFactor.
    """
    user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
    if user is None:
        raise UnknownPerson
    if not factors.remove(user_id):
        raise NoSecondFactor
    StaffEnrollment.objects.filter(user=user, used_at=None).delete()
    User.objects.filter(pk=user_id).update(access_version=F("access_version") + 1)
    end_sessions(user_id, because="second_factor_reset", now=now)
    source = "admin" if by else "console"
    _note(user_id, actor_id=by, action="second_factor.reset", now=now, source=source)
    notify(user_id, act="reset", now=now)


@atomic
def reseal_second_factors() -> tuple[int, int]:
    """Encrypt all secrets with the present SECRET_KEY.

    Returns how many were, and how many neither it nor SECRET_KEY_FALLBACKS can read.
    """
    return factors.reseal()


def notify(user_id: UUID, *, act: str, now: datetime) -> None:
    """Tell a person by mail that their second factor was set, reset or got new codes."""
    post(
        "second_factor_changed",
        context="identity",
        person_id=user_id,
        key=f"{act} {now.isoformat()}",
        facts={"act": act},
        now=now,
    )


def _note(
    user_id: UUID,
    *,
    actor_id: UUID | None,
    now: datetime,
    action: str = "second_factor",
    source: str = "pages",
    reason: str = "",
    refused: bool = False,
) -> None:
    record(
        action,
        source=source,
        actor_id=actor_id,
        subject=f"identity.user:{user_id}",
        reason=reason,
        outcome=AuditEntry.Outcome.REFUSED if refused else AuditEntry.Outcome.DONE,
        at=now,
    )
