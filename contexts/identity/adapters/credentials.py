"""The only place that compares a password. Every door that takes one has the same limits."""

import secrets
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, identify_hasher, make_password

from contexts.identity.adapters import devices, hashers
from contexts.identity.models import User
from contexts.shared.http.clients import Client
from contexts.shared.http.throttling import Limit, limited
from contexts.shared.kernel import address_key


def person_with(*, email: str, password: str, client: Client) -> User | None:
    """Return the account with this address and password, verified or not, if it has not ended.

    A suspended one is returned, too.

    Wrong passwords count against the account together with the client. Raises Throttled, Busy.
    """
    with hashers.place():
        user = User.objects.filter(email_key=address_key(email)).first()
        right = _is_right(user, password, limits(address_key(email), user, client))
    if not right or user is None:
        return None
    return user if user.is_active or user.suspended_at else None


def knows_password(*, user: User, password: str, session_id: UUID | None) -> bool:
    """Whether a signed-in person gave their present password. Raises Throttled, Busy.

    Wrong ones count against the session alone. So strangers who guess at a sign-in close nothing
    here, and neither does a thief of one session for the owner on another device.
    """
    with hashers.place():
        return _is_right(user, password, (Limit("own_password", str(session_id or user.pk)),))


def _is_right(user: User | None, password: str, limits: tuple[Limit, ...]) -> bool:
    with limited(*limits) as give_back:
        # A stranger's address costs a hash, too: time must not tell who has an account.
        right = check_password(password, user.password if user else _nobodys_hash())
        if right and user is not None:
            give_back()
            _upgrade(user, password)
    return right


def limits(account: str, user: User | None, client: Client) -> tuple[Limit, ...]:
    """Return the limits on secrets that are guessed: those of the device, or of a stranger."""
    device = devices.read(client.device)
    if device and user and device.knows(user.pk):
        # Guesses from elsewhere do not close the owner's own devices.
        return (Limit("known_device", account, device.id),)
    return (
        Limit("credentials", client.address),
        Limit("guesses", account, client.address),
        Limit("account_guesses", account),
    )


def _upgrade(user: User, password: str) -> None:
    """Store a new hash if the parameters have risen since the password was set."""
    if identify_hasher(user.password).must_update(user.password):
        stronger = make_password(password)
        # Unless the password has changed meanwhile.
        if User.objects.filter(pk=user.pk, password=user.password).update(password=stronger):
            user.password = stronger


@cache
def _nobodys_hash() -> str:
    return make_password(secrets.token_urlsafe())
