"""Changing the password and the address of an account, with notices to its owner."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from contexts.identity.adapters import credentials, tokens
from contexts.identity.events import AddressChanged, PasswordChanged
from contexts.identity.models import AddressChange, StaffEnrollment, User
from contexts.identity.services.accounts import (
    InvalidLink,
    check_address,
    check_password,
    end_sessions,
)
from contexts.shared.database.placement.replicas import note_caller
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Conflict, Forbidden, NotFound, address_key, new_id
from contexts.shared.mailing.posting import post
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")

LINK_LIFETIME = timedelta(hours=2)


class WrongPassword(Forbidden):
    code = "wrong_password"
    message = "Your present password is wrong."


class AddressTaken(Conflict):
    code = "address_taken"
    message = "Another account has this address now. Choose another address."


def change_password(
    *,
    user_id: UUID,
    session_id: UUID | None,
    password: str,
    new_password: str,
    now: datetime,
) -> None:
    """Set a new password, end all other sessions and tell the owner by mail.

    Raises WrongPassword, WeakPassword, Throttled, Busy.
    """
    user = _proven(user_id, password, session_id)
    check_password(new_password, user)
    _set_password(user, make_password(new_password), but=session_id, now=now)


@atomic
def _set_password(user: User, password_hash: str, *, but: UUID | None, now: datetime) -> None:
    note_caller(user.pk)
    if not _unchanged(user).update(password=password_hash):
        raise WrongPassword
    end_sessions(user.pk, because="password_changed", now=now, but=but)
    _post("password_changed", user.pk, now=now)
    publish([PasswordChanged(occurred_at=now, user_id=user.pk)])


def request_address_change(
    *, user_id: UUID, session_id: UUID | None, email: str, password: str, now: datetime
) -> None:
    """Mail a link to a new address. The address counts when the link is opened.

    Raises WrongPassword, InvalidAddress, Throttled, Busy.
    """
    check_address(email)
    user = _proven(user_id, password, session_id)
    _request(user, email.strip(), now=now)


@atomic
def _request(user: User, email: str, *, now: datetime) -> None:
    note_caller(user.pk)
    AddressChange.objects.filter(user=user, confirmed_at=None).delete()
    AddressChange.objects.create(
        id=new_id(), user=user, old_email=user.email, new_email=email, requested_at=now
    )
    # The new address may be another person's: only its mailbox learns more.
    _post("address_change", user.pk, address=email, now=now)


@atomic
def confirm_address(*, token: str, now: datetime) -> None:
    """Change the address by the mailed token, tell the old one and end all sessions.

    Raises InvalidLink, AddressTaken.
    """
    change_id = tokens.address_change_of(token)
    change = change_id and _fresh(change_id, now=now).select_for_update().first()
    if not change:
        raise InvalidLink
    user = User.objects.select_for_update().get(pk=change.user_id)
    if not user.is_active or user.email != change.old_email:
        raise InvalidLink
    _make_room(change.new_email, but=user.pk)
    user.email, user.email_key = change.new_email, address_key(change.new_email)
    user.save(update_fields=["email", "email_key"])
    # A link for staff may lie in the old mailbox.
    StaffEnrollment.objects.filter(user=user, used_at=None).delete()
    change.confirmed_at = now
    change.save(update_fields=["confirmed_at"])
    end_sessions(user.pk, because="address_changed", now=now)
    _post("address_changed", user.pk, address=change.old_email, now=now)
    publish([AddressChanged(occurred_at=now, user_id=user.pk)])


def check_address_link(*, token: str, now: datetime) -> None:
    """Raises InvalidLink if the mailed token changes no address."""
    change_id = tokens.address_change_of(token)
    if change_id is None or not _fresh(change_id, now=now).exists():
        raise InvalidLink


def _fresh(change_id: UUID, *, now: datetime) -> QuerySet[AddressChange]:
    return AddressChange.objects.filter(
        pk=change_id, confirmed_at=None, requested_at__gt=now - LINK_LIFETIME
    )


def _make_room(email: str, *, but: UUID) -> None:
    holder = User.objects.filter(email_key=address_key(email)).exclude(pk=but).first()
    if holder is None:
        return
    # Opening the link proves that the mailbox is theirs. A registration without proof gives way.
    if holder.verified_at or holder.last_login or not holder.is_active:
        raise AddressTaken
    holder.delete()


def _proven(user_id: UUID, password: str, session_id: UUID | None) -> User:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound
    if not credentials.knows_password(user=user, password=password, session_id=session_id):
        raise WrongPassword
    # The hash may have been renewed meanwhile.
    return User.objects.get(pk=user_id)


def _unchanged(user: User) -> QuerySet[User]:
    return User.objects.filter(pk=user.pk, password=user.password, is_active=True)


def _post(template: str, user_id: UUID, *, now: datetime, address: str = "") -> None:
    post(
        template,
        context="identity",
        person_id=user_id,
        key=now.isoformat(),
        address=address,
        now=now,
    )
