"""Sign-in, refresh and sign-out."""

from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import IntegerField, Q, QuerySet

from contexts.identity.adapters import credentials, devices, tokens
from contexts.identity.models import AddressChange, Session, StaffEnrollment, User
from contexts.identity.services import second_factors
from contexts.identity.services.accounts import (
    AddressNotVerified,
    WrongCredentials,
    end_sessions,
)
from contexts.identity.services.sign_ins import note_refusal, note_sign_in
from contexts.identity.services.suspensions import Suspended
from contexts.shared.database.placement.replicas import note_caller
from contexts.shared.database.statements.prepared import Param, Prepared, id_param
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.http.actor import Actor
from contexts.shared.http.clients import Client
from contexts.shared.kernel import DomainError, NotFound, Unauthenticated, clock

atomic = for_context("identity")

DEVICE_LIFETIME = devices.LIFETIME
token_after_sign_in = devices.token_after_sign_in
_KEPT_ENDED = timedelta(days=30)


class InvalidRefreshToken(Unauthenticated):
    code = "invalid_refresh_token"
    message = "This refresh token is not valid, or not any more. Sign in again."


class SessionNotFound(NotFound):
    code = "session_not_found"
    message = "There is no such session, or it has ended."


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """An access token and the refresh token that renews it."""

    access_token: str
    refresh_token: str
    expires_in: Annotated[int, "Seconds."]
    token_type: str = "Bearer"  # noqa: S105 - the type's name, not a token


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(TokenPair):
    """The tokens of a new session, and the token of the device."""

    device_token: Annotated[
        str,
        "Keep it on the device, also after signing out, and send it with the next sign-in: then "
        "wrong passwords that others send do not close this device.",
    ] = ""


def sign_in(
    *, session_id: UUID, email: str, password: str, client: Client, now: datetime, code: str = ""
) -> SignedIn:
    """Open a session on a device. Without a code, roles of staff are withheld from it.

    Raises Throttled, Busy, WrongCredentials, Suspended, AddressNotVerified, WrongCode.
    """
    try:
        user = _admitted(email, password, client)
        guessing = second_factors.guessing(user, client) if code else nullcontext(lambda: None)
        with guessing as give_back:
            pair = _open_session(
                user=user, session_id=session_id, client=client, code=code, now=now
            )
            give_back()
    except DomainError as refused:
        note_refusal(email=email, reason=refused.code, source="api", now=now)
        raise
    device_token = devices.token_after_sign_in(client.device, user.pk)
    return SignedIn(**asdict(pair), device_token=device_token)


def _admitted(email: str, password: str, client: Client) -> User:
    user = credentials.person_with(email=email, password=password, client=client)
    if user is None:
        raise WrongCredentials
    if user.suspended_at:
        raise Suspended
    if user.verified_at is None:
        raise AddressNotVerified
    return user


@atomic
def _open_session(
    *, user: User, session_id: UUID, client: Client, code: str, now: datetime
) -> TokenPair:
    current = _still(user)
    if code:
        second_factors.spend(current, code=code, source="api", now=now)
    refresh_token, kept = tokens.new_refresh_token(session_id)
    session = Session.objects.create(
        id=session_id,
        user=current,
        refresh_hash=kept,
        created_at=now,
        refreshed_at=now,
        expires_at=_expiry(now, created_at=now),
        user_agent=client.agent,
        proven_at=now if code else None,
    )
    note_sign_in(user_id=current.pk, source="api", now=now)
    return _pair(current, session, refresh_token=refresh_token, now=now)


def _still(user: User) -> User:
    """Lock an account. During the hash, its password may have been reset, or it has ended."""
    held = User.objects.select_for_update().filter(
        pk=user.pk, password=user.password, is_active=True
    )
    current = held.first()
    if current is None:
        raise WrongCredentials
    note_caller(current.pk)
    return current


def _expiry(now: datetime, *, created_at: datetime) -> datetime:
    idle: timedelta = settings.REFRESH_TOKEN_LIFETIME
    longest: timedelta = settings.SESSION_LONGEST
    return min(now + idle, created_at + longest)


def refresh(*, refresh_token: str, now: datetime) -> TokenPair:
    """Exchange a refresh token for new tokens.

    The same token gets the same answer for REFRESH_LEEWAY. After that, it ends its session: it
    was stolen, or used by a thief before. Raises InvalidRefreshToken.
    """
    session_id = tokens.session_named_by(refresh_token)
    pair = session_id and _rotate(session_id=session_id, old=refresh_token, now=now)
    if not pair:
        raise InvalidRefreshToken
    return pair


@atomic
def _rotate(*, session_id: UUID, old: str, now: datetime) -> TokenPair | None:
    # None instead of an error, so that ending a stolen family is committed.
    alive = Session.objects.filter(pk=session_id, ended_at=None, expires_at__gt=now)
    session = alive.select_for_update().first()
    if session is None:
        return None
    new, kept = tokens.successor(old, session_id)
    sent = tokens.refresh_hash(old)
    if sent == session.refresh_hash:
        session.previous_hash, session.refresh_hash = sent, kept
        session.refreshed_at = now
        session.expires_at = _expiry(now, created_at=session.created_at)
        session.save(update_fields=["previous_hash", "refresh_hash", "refreshed_at", "expires_at"])
    elif not _again(session, sent, kept, now=now):
        if tokens.was_issued(old):
            alive.update(ended_at=now, ended_because="refresh_token_reused")
        return None
    user = User.objects.filter(pk=session.user_id, is_active=True).first()
    return _pair(user, session, refresh_token=new, now=now) if user else None


def _again(session: Session, sent: str, kept: str, *, now: datetime) -> bool:
    """Whether the token before the newest is sent again in time, by a tab or after a lost answer.

    Its successor is then the newest token, unless the keys were rotated in between.
    """
    in_time = now - session.refreshed_at <= settings.REFRESH_LEEWAY
    return in_time and sent == session.previous_hash and kept == session.refresh_hash


@atomic
def sign_out(*, session_id: UUID, now: datetime) -> None:
    """End a session. Does nothing if it has ended."""
    alive = Session.objects.filter(pk=session_id, ended_at=None)
    alive.update(ended_at=now, ended_because="signed_out")


@atomic
def end_session(*, user_id: UUID, session_id: UUID, now: datetime) -> None:
    """End one of a person's sessions. Raises SessionNotFound, also if it has ended."""
    alive = Session.objects.filter(pk=session_id, user_id=user_id, ended_at=None)
    if not alive.update(ended_at=now, ended_because="ended_by_owner"):
        raise SessionNotFound


@atomic
def end_other_sessions(*, user_id: UUID, but: UUID | None, now: datetime) -> None:
    """End all sessions of a person but one."""
    end_sessions(user_id, because="ended_by_owner", now=now, but=but)


class _Standing(NamedTuple):
    user_id: UUID


def _good_session() -> QuerySet[Any, Any]:
    return Session.objects.filter(
        pk=id_param("session"),
        ended_at=None,
        user=id_param("user"),
        user__is_active=True,
        user__access_version=Param("version", IntegerField()),
    ).values_list(*_Standing._fields)


_GOOD_SESSION = Prepared("identity", _Standing, _good_session)


def authenticate(token: str) -> Actor | None:
    """Return the caller behind an access token, None if it is not valid. Asks one query."""
    claims = tokens.read_access_token(token, now=clock.now())
    if claims is None:
        return None
    good = _GOOD_SESSION.first(
        session=claims.session_id, user=claims.user_id, version=claims.access_version
    )
    if good is None:
        return None
    return Actor(
        id=claims.user_id,
        roles=claims.roles,
        withheld=claims.withheld,
        active=True,
        session_id=claims.session_id,
    )


@atomic
def purge_sessions(*, now: datetime) -> int:
    """Delete sessions that ended or expired 30 days ago. Return their number.

    Wishes for another address and enrollment links go after the same time.
    """
    long_ago = now - _KEPT_ENDED
    AddressChange.objects.filter(requested_at__lt=long_ago).delete()
    StaffEnrollment.objects.filter(requested_at__lt=long_ago).delete()
    return Session.objects.filter(Q(ended_at__lt=long_ago) | Q(expires_at__lt=long_ago)).delete()[0]


def _pair(user: User, session: Session, *, refresh_token: str, now: datetime) -> TokenPair:
    roles = set(user.groups.values_list("name", flat=True))
    withheld = second_factors.withheld(roles, user_id=user.pk, proven=session.proven_at is not None)
    return TokenPair(
        access_token=tokens.access_token(
            user,
            session_id=session.pk,
            roles=sorted(roles - withheld),
            withheld=sorted(withheld),
            now=now,
        ),
        refresh_token=refresh_token,
        expires_in=int(settings.ACCESS_TOKEN_LIFETIME.total_seconds()),
    )
