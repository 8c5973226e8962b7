"""Access tokens (JWT), refresh tokens and the links that mails carry."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from uuid import UUID

import jwt
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing

from contexts.identity.models import User

_ALGORITHM = "HS256"
_REMEMBERED = 4_096
_ADDRESS_CHANGE = "contexts.identity.address-change"
_EXPORT = "contexts.identity.export"
_STAFF_ENROLLMENT = "contexts.identity.staff-enrollment"
_CLAIMS = ["sub", "sid", "ver", "roles", "iat", "exp", "iss", "aud"]


@dataclass(frozen=True, slots=True)
class AccessClaims:
    user_id: UUID
    session_id: UUID
    access_version: int
    roles: frozenset[str]
    withheld: frozenset[str]


def _key_id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


@cache
def _keys(configured: tuple[str, ...]) -> dict[str, str]:
    return {_key_id(key): key for key in configured}


def access_token(
    user: User, *, session_id: UUID, roles: list[str], now: datetime, withheld: Sequence[str] = ()
) -> str:
    """Return a JWT (RFC 7519) signed with the first of JWT_KEYS.

    `withheld` roles count once the session has proven a second factor.
    """
    key = settings.JWT_KEYS[0]
    claims = {
        "sub": str(user.pk),
        "sid": str(session_id),
        "ver": user.access_version,
        "roles": roles,
        "withheld": list(withheld),
        "iat": now,
        "exp": now + settings.ACCESS_TOKEN_LIFETIME,
        "iss": settings.JWT_ISSUER,
        "aud": settings.JWT_AUDIENCE,
    }
    return jwt.encode(claims, key, algorithm=_ALGORITHM, headers={"kid": _key_id(key)})


def read_access_token(token: str, *, now: datetime) -> AccessClaims | None:
    """Return the claims of a token, None if it is not ours, expired or malformed."""
    try:
        claims, expires_at = _verified(
            token, tuple(settings.JWT_KEYS), settings.JWT_ISSUER, settings.JWT_AUDIENCE
        )
    except (jwt.InvalidTokenError, KeyError, ValueError, TypeError, AttributeError):
        return None
    return claims if now.timestamp() < expires_at else None


@lru_cache(maxsize=_REMEMBERED)
def _verified(
    token: str, keys: tuple[str, ...], issuer: str, audience: str
) -> tuple[AccessClaims, float]:
    # A signature stays valid, so it is cached; expiry and session are checked each time.
    claims = jwt.decode(
        token,
        _keys(keys)[jwt.get_unverified_header(token)["kid"]],
        algorithms=[_ALGORITHM],
        issuer=issuer,
        audience=audience,
        # Expiry is checked against our own clock, which development may move.
        options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False},
    )
    verified = AccessClaims(
        user_id=UUID(claims["sub"]),
        session_id=UUID(claims["sid"]),
        access_version=int(claims["ver"]),
        roles=frozenset(claims["roles"]),
        # Tokens of earlier releases have no such claim.
        withheld=frozenset(claims.get("withheld", ())),
    )
    return verified, float(claims["exp"])


def new_refresh_token(session_id: UUID) -> tuple[str, str]:
    """Return a token that names its session, and the hash to store."""
    return _refresh_token(session_id, secrets.token_urlsafe(32))


def successor(old: str, session_id: UUID) -> tuple[str, str]:
    """Return the token that follows another, and its hash. It is the same each time."""
    key = hashlib.sha256(b"successor" + settings.JWT_KEYS[0].encode()).digest()
    return _refresh_token(session_id, _mac(key, old))


def _refresh_token(session_id: UUID, secret: str) -> tuple[str, str]:
    named = f"{session_id}.{secret}"
    token = f"{named}.{_mac(_refresh_key(settings.JWT_KEYS[0]), named)}"
    return token, refresh_hash(token)


def was_issued(token: str) -> bool:
    """Whether a refresh token is one of ours, of today or of an earlier day."""
    named, _, mac = token.rpartition(".")
    macs = (_mac(_refresh_key(key), named) for key in settings.JWT_KEYS)
    return any(hmac.compare_digest(one.encode(), mac.encode("utf-8", "replace")) for one in macs)


def _refresh_key(key: str) -> bytes:
    return hashlib.sha256(b"refresh" + key.encode()).digest()


def _mac(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode("utf-8", "replace"), "sha256").hex()


def refresh_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def session_named_by(token: str) -> UUID | None:
    try:
        return UUID(token.partition(".")[0])
    except ValueError:
        return None


class _LinkTokens(PasswordResetTokenGenerator):
    """A link's token works once: its hash covers the state that its use changes."""

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.key_salt = f"contexts.identity.{purpose}"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        state = (user.pk, user.password, user.verified_at, user.email_key, user.access_version)
        return f"{timestamp}:" + ":".join(map(str, state))


_verification = _LinkTokens("verification")
_reset = _LinkTokens("reset")


def verification_link_token(user: User) -> str:
    return f"{user.pk}.{_verification.make_token(user)}"


def reset_link_token(user: User) -> str:
    return f"{user.pk}.{_reset.make_token(user)}"


def user_of_verification(token: str) -> User | None:
    return _user_of(token, _verification)


def user_of_reset(token: str) -> User | None:
    return _user_of(token, _reset)


def address_change_token(change_id: UUID) -> str:
    return signing.dumps(str(change_id), salt=_ADDRESS_CHANGE)


def address_change_of(token: str) -> UUID | None:
    """Return the id of the address change that a mailed token names, None for another text."""
    return _id_of(token, salt=_ADDRESS_CHANGE)


def staff_enrollment_token(enrollment_id: UUID) -> str:
    return signing.dumps(str(enrollment_id), salt=_STAFF_ENROLLMENT)


def staff_enrollment_of(token: str) -> UUID | None:
    """Return the id of the enrollment that a link names, None for another text."""
    return _id_of(token, salt=_STAFF_ENROLLMENT)


def export_of(token: str) -> UUID | None:
    """Return the id of the export that a link names, None for another text."""
    return _id_of(token, salt=_EXPORT)


def _id_of(token: str, *, salt: str) -> UUID | None:
    try:
        return UUID(signing.loads(token, salt=salt))
    except (signing.BadSignature, ValueError):
        return None


def _user_of(token: str, generator: _LinkTokens) -> User | None:
    named, _, proof = token.partition(".")
    try:
        user = User.objects.filter(pk=UUID(named), is_active=True).first()
    except ValueError:
        return None
    return user if user and generator.check_token(user, proof) else None
