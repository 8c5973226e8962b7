"""Devices that have signed in before. Each keeps a signed token that names its accounts."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

from contexts.shared.kernel import new_id

LIFETIME = timedelta(days=400)
LONGEST = 600
_SALT = "contexts.identity.device"
_MOST_ACCOUNTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device and the accounts that signed in on it, newest first."""

    id: str
    accounts: tuple[str, ...] = ()

    def knows(self, user_id: UUID) -> bool:
        """Whether a person has signed in on this device."""
        return _account(user_id) in self.accounts


def read(token: str) -> Device | None:
    """Return the device behind a token, None if the token is not ours or too old."""
    if not token or len(token) > LONGEST:
        return None
    try:
        found = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return Device(id=found["id"], accounts=tuple(found["of"]))


def token_after_sign_in(token: str, user_id: UUID) -> str:
    """Return the device's token with this account. A device without a token gets one."""
    device, account = read(token) or Device(id=str(new_id())), _account(user_id)
    others = [one for one in device.accounts if one != account]
    accounts = [account, *others][:_MOST_ACCOUNTS]
    return signing.dumps({"id": device.id, "of": accounts}, salt=_SALT)


def _account(user_id: UUID) -> str:
    # Without the key nobody can tell whose device it is.
    return hmac.digest(settings.SECRET_KEY.encode(), user_id.bytes, "sha256")[:9].hex()
