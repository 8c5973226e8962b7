"""Second factors, by django-allauth: time-based codes (RFC 6238) and recovery codes."""

from typing import Any
from uuid import UUID

import segno
import structlog
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import InvalidToken

from contexts.identity.adapters.secrets import seal, unseal
from contexts.identity.models import User

log = structlog.get_logger(__name__)

_TYPE = Authenticator.Type
# In the data of an authenticator, beside what django-allauth keeps there.
_LAST = "last_counter"
_SECRETS = ("secret", "seed")


def spend(user_id: UUID, code: str) -> str | None:
    """Accept a code once. Return its type, None if it is wrong or was used.

    Runs in a transaction of its caller: of parallel uses, one wins.
    """
    rows = _held(user_id)
    if _TYPE.TOTP not in rows:
        return None
    try:
        if _spend_time_code(rows[_TYPE.TOTP], code):
            return str(_TYPE.TOTP)
        spare = rows.get(_TYPE.RECOVERY_CODES)
        if spare and RecoveryCodes(spare).validate_code(code):
            return str(_TYPE.RECOVERY_CODES)
    except InvalidToken:
        # SECRET_KEY was replaced without its fallback. Only a new enrollment helps.
        log.exception("second_factor_unreadable", user=str(user_id))
    return None


def new_secret() -> str:
    return str(totp.generate_totp_secret())


def matching_counter(secret: str, code: str, *, after: int = 0) -> int | None:
    """Return the time step of a code, None if the code is wrong or not after another step."""
    for counter in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if counter > after and compare_user_code(actual=code, expected=expected):
            return int(counter)
    return None


def address_of(user: User, secret: str) -> str:
    """Return the otpauth address with which an app takes a secret."""
    return str(get_adapter().build_totp_url(user, secret))


def picture_of(address: str) -> str:
    """Return an address as a QR code, in a data URL."""
    code = segno.make_qr(address, error="m")
    return str(code.svg_data_uri(scale=4, light="#fff", encode_minimal=True))


def enroll(user: User, *, secret: str, used: int) -> list[str]:
    """Replace a person's factor. Return the new recovery codes. The caller holds their row."""
    remove(user.pk)
    row = totp.TOTP.activate(user, secret).instance
    row.data[_LAST] = used
    row.save(update_fields=["data"])
    return new_recovery_codes(user)


def new_recovery_codes(user: User) -> list[str]:
    """Replace a person's recovery codes. The caller holds their row."""
    Authenticator.objects.filter(user_id=user.pk, type=_TYPE.RECOVERY_CODES).delete()
    return [str(code) for code in RecoveryCodes.activate(user).generate_codes()]


def remove(user_id: UUID) -> bool:
    """Delete a person's factor. Return whether there was one."""
    return bool(Authenticator.objects.filter(user_id=user_id).delete()[0])


def reseal() -> tuple[int, int]:
    """Encrypt every secret with the key of today. Return how many were, and how many no key fits.

    Runs in a transaction of its caller.
    """
    rows = list(Authenticator.objects.select_for_update().order_by("pk"))
    sealed = sum(_reseal(row) for row in rows)
    return sealed, len(rows) - sealed


def _reseal(row: Authenticator) -> bool:
    try:
        fresh = {name: seal(unseal(row.data[name])) for name in _SECRETS if name in row.data}
    except InvalidToken:
        return False
    row.data |= fresh
    row.save(update_fields=["data"])
    return True


def _held(user_id: UUID) -> dict[Any, Authenticator]:
    rows = Authenticator.objects.select_for_update().filter(user_id=user_id)
    return {row.type: row for row in rows.order_by("pk")}


def _spend_time_code(row: Authenticator, code: str) -> bool:
    # In the row and not in a cache, which may forget: an older code than the last is refused, too.
    secret = unseal(row.data["secret"])
    counter = matching_counter(secret, code, after=row.data.get(_LAST, 0))
    if counter is None:
        return False
    row.data |= {_LAST: counter, "secret": seal(secret)}
    row.save(update_fields=["data"])
    row.record_usage()
    return True
