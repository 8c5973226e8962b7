"""Sign-in, refresh and sign-out."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import IntegerField, Q, QuerySet

from contexts.identity.adapters import tokens
from contexts.identity.models import Session, User, address_key
from contexts.identity.services.accounts import AddressNotVerified, WrongCredentials
from contexts.shared.database.placement.replicas import note_caller
from contexts.shared.database.statements.prepared import Param, Prepared, id_param
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.http.actor import Actor
from contexts.shared.kernel import Unauthenticated, clock

atomic = for_context("identity")

_KEPT_ENDED = timedelta(days=30)


class InvalidRefreshToken(Unauthenticated):
    code = "invalid_refresh_token"
    message = "This refresh token is not valid, or not any more. Sign in again."


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """An access token and the refresh token that renews it."""

    access_token: str
    refresh_token: str
    expires_in: Annotated[int, "Seconds."]
    token_type: str = "Bearer"  # noqa: S105 - the type's name, not a token


def sign_in(
    *, session_id: UUID, email: str, password: str, user_agent: str, now: datetime
) -> TokenPair:
    """Open a session on a device. Raises WrongCredentials, AddressNotVerified."""
    user = User.objects.filter(email_key=address_key(email)).first()
    # A stranger's address costs a hash, too: time must not tell who has an account.
    right = check_password(password, user.password if user else _nobodys_hash())
    if user is None or not right or not user.is_active:
        raise WrongCredentials
    if user.verified_at is None:
        raise AddressNotVerified
    return _open_session(user=user, session_id=session_id, user_agent=user_agent, now=now)


@cache
def _nobodys_hash() -> str:
    return make_password(secrets.token_urlsafe())


@atomic
def _open_session(*, user: User, session_id: UUID, user_agent: str, now: datetime) -> TokenPair:
    # During the hash, the password may have been reset or the account ended.
    held = User.objects.select_for_update().filter(
        pk=user.pk, password=user.password, is_active=True
    )
    current = held.first()
    if current is None:
        raise WrongCredentials
    note_caller(current.pk)
    refresh_token, kept = tokens.new_refresh_token(session_id)
    Session.objects.create(
        id=session_id,
        user=current,
        refresh_hash=kept,
        created_at=now,
        refreshed_at=now,
        expires_at=now + settings.REFRESH_TOKEN_LIFETIME,
        user_agent=user_agent[:200],
    )
    return _pair(current, session_id=session_id, refresh_token=refresh_token, now=now)


def refresh(*, refresh_token: str, now: datetime) -> TokenPair:
    """Exchange a refresh token for new tokens. A token used before ends its whole session.

    Raises InvalidRefreshToken.
    """
    session_id = tokens.session_named_by(refresh_token)
    pair = session_id and _rotate(session_id=session_id, old=refresh_token, now=now)
    if not pair:
        raise InvalidRefreshToken
    return pair


@atomic
def _rotate(*, session_id: UUID, old: str, now: datetime) -> TokenPair | None:
    # None instead of an error, so that ending a stolen family is committed.
    new, kept = tokens.new_refresh_token(session_id)
    alive = Session.objects.filter(pk=session_id, ended_at=None, expires_at__gt=now)
    won = alive.filter(refresh_hash=tokens.refresh_hash(old)).update(
        refresh_hash=kept,
        refreshed_at=now,
        expires_at=now + settings.REFRESH_TOKEN_LIFETIME,
    )
    if not won:
        alive.update(ended_at=now, ended_because="refresh_token_reused")
        return None
    user = User.objects.filter(sessions=session_id, is_active=True).first()
    return _pair(user, session_id=session_id, refresh_token=new, now=now) if user else None


@atomic
def sign_out(*, session_id: UUID, now: datetime) -> None:
    """End a session. Does nothing if it has ended."""
    alive = Session.objects.filter(pk=session_id, ended_at=None)
    alive.update(ended_at=now, ended_because="signed_out")


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
    return Actor(id=claims.user_id, roles=claims.roles, active=True, session_id=claims.session_id)


@atomic
def purge_sessions(*, now: datetime) -> int:
    """Delete sessions that ended or expired 30 days ago. Return their number."""
    long_ago = now - _KEPT_ENDED
    return Session.objects.filter(Q(ended_at__lt=long_ago) | Q(expires_at__lt=long_ago)).delete()[0]


def _pair(user: User, *, session_id: UUID, refresh_token: str, now: datetime) -> TokenPair:
    roles = sorted(user.groups.values_list("name", flat=True))
    return TokenPair(
        access_token=tokens.access_token(user, session_id=session_id, roles=roles, now=now),
        refresh_token=refresh_token,
        expires_in=int(settings.ACCESS_TOKEN_LIFETIME.total_seconds()),
    )
