"""Accounts, from registration to their end. No answer tells who has an account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, Q

from contexts.identity.adapters import tokens
from contexts.identity.domain import names
from contexts.identity.domain.legal import Document
from contexts.identity.events import (
    AccountEnded,
    PasswordResetRequested,
    RegistrationRepeated,
    UserRegistered,
    UserVerified,
)
from contexts.identity.models import Agreement, Consent, Session, User
from contexts.identity.services.agreements import current_terms, record_agreement
from contexts.identity.services.consents import record_consents
from contexts.identity.services.roles import grant_role
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.placement.replicas import note_caller
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.database.transactions.locking import lock_row
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """What a person agreed to when they registered, and where."""

    terms: Document
    consents: Collection[str]
    face: str
    language: str


def register(
    *,
    user_id: UUID,
    email: str,
    password: str,
    interface_language: str,
    agreed_terms: str,
    face: str,
    now: datetime,
    consents: Collection[str] = (),
) -> None:
    """Create an account, or mail the owner of the one that has this address.

    The newest registration of an unverified address replaces the ones before. The caller cannot
    tell which happened. `agreed_terms` is the version that the person saw, `consents` are the
    optional purposes that they allow. Raises InvalidAddress, TermsNotAgreed, TermsNotCurrent,
    WeakPassword.
    """
    check_address(email)
    terms = current_terms(agreed_terms, now=now)
    check_password(password, User(email=email))
    # Hashed in both cases, and before the transaction: neither time nor locks may tell.
    _register(
        user_id=user_id,
        email=email.strip(),
        password_hash=make_password(password),
        sign_up=SignUp(terms=terms, consents=consents, face=face, language=interface_language),
        now=now,
    )


@atomic
def _register(
    *, user_id: UUID, email: str, password_hash: str, sign_up: SignUp, now: datetime
) -> None:
    fresh = User(
        id=user_id,
        email=email,
        email_key=address_key(email),
        password=password_hash,
        interface_language=sign_up.language,
        created_at=now,
    )
    # Parallel twins wait here for the first of them; none of them fails.
    holder = lock_row(fresh, using=alias_of("identity"), email_key=fresh.email_key)
    if holder.pk == user_id:
        _record(holder, sign_up, now=now)
        publish([UserRegistered(occurred_at=now, user_id=user_id)])
    elif holder.is_active:
        if holder.verified_at is None:
            _replace_unverified(holder, by=fresh)
            _record(holder, sign_up, now=now)
        publish([RegistrationRepeated(occurred_at=now, user_id=holder.pk)])


def _record(user: User, sign_up: SignUp, *, now: datetime) -> None:
    where = {"face": sign_up.face, "language": sign_up.language}
    record_agreement(user.pk, sign_up.terms, now=now, **where)
    granted = dict.fromkeys(sign_up.consents, True)
    record_consents(user.pk, granted, now=now, **where)


def _replace_unverified(holder: User, *, by: User) -> None:
    """Give an unverified account to its newest registration. Links mailed before are dead."""
    # Nobody has shown that the address is theirs, so the first registration has no right to it.
    holder.email, holder.password = by.email, by.password
    holder.display_name, holder.interface_language = by.display_name, by.interface_language
    holder.verified_at, holder.registered_again = by.verified_at, True
    holder.save()
    forget_sign_up(holder.pk)


def forget_sign_up(user_id: UUID) -> None:
    """Delete what a registration agreed to, since another person may have sent it."""
    for model in (Agreement, Consent):
        model.objects.filter(user_id=user_id).delete()


def create_person(
    *, user_id: UUID, email: str, password: str, display_name: str, now: datetime
) -> UUID:
    """Create a verified account at the console, or return the id of the one with this address.

    An unverified account becomes the one asked for, with the given password.

    Raises InvalidAddress, MalformedName, WeakPassword.
    """
    check_address(email)
    name = names.sound_name(display_name)
    check_password(password, User(email=email, display_name=name))
    return _create_verified(
        user_id=user_id,
        email=email.strip(),
        password_hash=make_password(password),
        display_name=name,
        now=now,
    )


@atomic
def _create_verified(
    *, user_id: UUID, email: str, password_hash: str, display_name: str, now: datetime
) -> UUID:
    fresh = User(
        id=user_id,
        email=email,
        email_key=address_key(email),
        password=password_hash,
        display_name=display_name,
        created_at=now,
        verified_at=now,
    )
    return verified_account(fresh, now=now).pk


def verified_account(fresh: User, *, now: datetime) -> User:
    """Return the account with the address of a fresh, verified one, locked.

    An unverified account becomes the fresh one; one that has ended is returned as it is.
    """
    holder = lock_row(fresh, using=alias_of("identity"), email_key=fresh.email_key)
    if holder.pk != fresh.pk and (holder.verified_at or not holder.is_active):
        return holder
    if holder.pk != fresh.pk:
        _replace_unverified(holder, by=fresh)
    grant_role(user_id=holder.pk, role="learner", now=now)
    publish([UserVerified(occurred_at=now, user_id=holder.pk)])
    return holder


@atomic
def resend_verification(*, email: str, now: datetime) -> None:
    """Mail a new link to the unverified account of this address, if there is one."""
    user = User.objects.filter(email_key=address_key(email), is_active=True).first()
    if user and user.verified_at is None:
        publish([UserRegistered(occurred_at=now, user_id=user.pk)])


def link_asks_password(*, token: str) -> bool:
    """Whether the page behind a verification link asks for a password. Raises InvalidLink."""
    return _verifiable(token).registered_again


def verify_address(*, token: str, now: datetime, password: str = "") -> None:
    """Verify an address by the mailed token. Raises InvalidLink, WeakPassword.

    A password replaces that of the registration. Its sender reads the mails of the address, but
    somebody else may have sent the newest registration.
    """
    user = _verifiable(token)
    password_hash = user.password
    if password:
        check_password(password, user)
        password_hash = make_password(password)
    _verify(user=user, password_hash=password_hash, now=now)


def _verifiable(token: str) -> User:
    user = tokens.user_of_verification(token)
    if user is None or user.verified_at is not None:
        raise InvalidLink
    return user


@atomic
def _verify(*, user: User, password_hash: str, now: datetime) -> None:
    note_caller(user.pk)
    # A newer registration may have changed the password since the link was read.
    still = User.objects.filter(pk=user.pk, verified_at=None, password=user.password)
    if not still.update(verified_at=now, password=password_hash, registered_again=False):
        raise InvalidLink
    grant_role(user_id=user.pk, role="learner", now=now)
    publish([UserVerified(occurred_at=now, user_id=user.pk)])


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
