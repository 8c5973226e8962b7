"""Passwords and the end of accounts. No answer tells who has an account."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, Q

from contexts.identity.adapters import tokens
from contexts.identity.events import (
    AccountEnded,
    PasswordResetRequested,
    UserVerified,
)
from contexts.identity.models import Agreement, Consent, Session, User
from contexts.identity.services.roles import grant_role
from contexts.shared.database.placement.replicas import note_caller
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Forbidden, Invalid, Unauthenticated, address_key
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")

_LONGEST_ADDRESS = 254


class WeakPassword(Invalid):
    code = "weak_password"
    message = "This password is too easy to guess: {reasons}"


class WrongCredentials(Unauthenticated):
    code = "wrong_credentials"
    message = "The address or the password is wrong."


class AddressNotVerified(Forbidden):
    code = "address_not_verified"
    message = "Open the link that we mailed you first."


class InvalidAddress(Invalid):
    code = "invalid_address"
    message = "This is not an address that mail can be sent to."


class InvalidLink(Invalid):
    code = "invalid_link"
    message = "This link is invalid or has expired. Request a new one."


@atomic
def request_password_reset(*, email: str, now: datetime) -> None:
    """Mail a reset link to the account of this address, if there is one."""
    user_id = (
        User.objects.filter(email_key=address_key(email), is_active=True)
        .values_list("pk", flat=True)
        .first()
    )
    if user_id is not None:
        publish([PasswordResetRequested(occurred_at=now, user_id=user_id)])


def check_reset_link(*, token: str) -> None:
    """Raises InvalidLink if the mailed token sets no password."""
    if tokens.user_of_reset(token) is None:
        raise InvalidLink


def reset_password(*, token: str, password: str, now: datetime) -> None:
    """Set a new password by a mailed link, and end every session.

    Raises InvalidLink, WeakPassword.
    """
    user = tokens.user_of_reset(token)
    if user is None:
        raise InvalidLink
    check_password(password, user)
    _set_password(user=user, token=token, password_hash=make_password(password), now=now)


@atomic
def _set_password(*, user: User, token: str, password_hash: str, now: datetime) -> None:
    note_caller(user.pk)
    # The old hash in the condition lets one of two uses of a link win.
    won = User.objects.filter(pk=user.pk, password=user.password, is_active=True).update(
        password=password_hash,
        access_version=F("access_version") + 1,
        # Opening the mailed link proves that the address is the person's.
        verified_at=user.verified_at or now,
        registered_again=False,
    )
    if not won:
        raise InvalidLink
    end_sessions(user.pk, because="password_reset", now=now)
    if user.verified_at is None:
        # The password of the registration does not count, and what it agreed to neither.
        forget_sign_up(user.pk)
        grant_role(user_id=user.pk, role="learner", now=now)
        publish([UserVerified(occurred_at=now, user_id=user.pk)])


@atomic
def end_account(*, user_id: UUID, now: datetime) -> None:
    """End an account and refuse its tokens. Does nothing if it has ended."""
    alive = User.objects.filter(Q(is_active=True) | Q(suspended_at__isnull=False), pk=user_id)
    ended = alive.update(
        is_active=False,
        suspended_at=None,
        suspended_because="",
        access_version=F("access_version") + 1,
    )
    if ended:
        end_sessions(user_id, because="account_ended", now=now)
        publish([AccountEnded(occurred_at=now, user_id=user_id)])


def end_sessions(user_id: UUID, *, because: str, now: datetime, but: UUID | None = None) -> None:
    """End the open sessions of a person, all or all but one."""
    open_sessions = Session.objects.filter(user_id=user_id, ended_at=None)
    if but is not None:
        open_sessions = open_sessions.exclude(pk=but)
    open_sessions.update(ended_at=now, ended_because=because)


def forget_sign_up(user_id: UUID) -> None:
    """Delete what a registration agreed to, since another person may have sent it."""
    for model in (Agreement, Consent):
        model.objects.filter(user_id=user_id).delete()


def check_address(email: str) -> None:
    try:
        validate_email(email.strip())
    except ValidationError:
        raise InvalidAddress from None
    # Folding may make an address several times as long as it was typed.
    if len(address_key(email)) > _LONGEST_ADDRESS:
        raise InvalidAddress


def check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(reasons=" ".join(error.messages)) from None
