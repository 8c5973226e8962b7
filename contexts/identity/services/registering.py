"""Registrations, and links that verify an address. No answer tells who has an account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from contexts.identity.adapters import tokens
from contexts.identity.domain import names
from contexts.identity.domain.legal import Document
from contexts.identity.events import (
    RegistrationRepeated,
    UserRegistered,
    UserVerified,
)
from contexts.identity.models import User
from contexts.identity.services.accounts import (
    InvalidLink,
    check_address,
    check_password,
    forget_sign_up,
)
from contexts.identity.services.agreements import current_terms, record_agreement
from contexts.identity.services.consents import record_consents
from contexts.identity.services.roles import grant_role
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.placement.replicas import note_caller
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import address_key
from contexts.shared.messaging.publishing import publish

atomic = for_context("identity")


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
    language: str = "",
) -> None:
    """Create an account, or mail the owner of the one that has this address.

    The newest registration of an unverified address replaces the ones before. The caller cannot
    tell which happened. `agreed_terms` is the version that the person saw, in `language`;
    `consents` are the optional purposes that they allow. Raises InvalidAddress, TermsNotAgreed,
    TermsNotCurrent, WeakPassword.
    """
    check_address(email)
    terms = current_terms(agreed_terms, now=now)
    check_password(password, User(email=email))
    # Hashed in both cases, and before the transaction: neither time nor locks may tell.
    _register(
        user_id=user_id,
        email=email.strip(),
        password_hash=make_password(password),
        interface_language=interface_language,
        sign_up=SignUp(
            terms=terms, consents=consents, face=face, language=language or interface_language
        ),
        now=now,
    )


@atomic
def _register(
    *,
    user_id: UUID,
    email: str,
    password_hash: str,
    interface_language: str,
    sign_up: SignUp,
    now: datetime,
) -> None:
    fresh = User(
        id=user_id,
        email=email,
        email_key=address_key(email),
        password=password_hash,
        interface_language=interface_language,
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
    _verify(user=user, password_hash=password_hash, is_owners=bool(password), now=now)


def _verifiable(token: str) -> User:
    user = tokens.user_of_verification(token)
    if user is None or user.verified_at is not None:
        raise InvalidLink
    return user


@atomic
def _verify(*, user: User, password_hash: str, is_owners: bool, now: datetime) -> None:
    note_caller(user.pk)
    # A newer registration may have changed the password since the link was read.
    still = User.objects.filter(pk=user.pk, verified_at=None, password=user.password)
    if not still.update(verified_at=now, password=password_hash, registered_again=False):
        raise InvalidLink
    if is_owners and user.registered_again:
        # Another person may have sent what the newest registration agreed to.
        forget_sign_up(user.pk)
    grant_role(user_id=user.pk, role="learner", now=now)
    publish([UserVerified(occurred_at=now, user_id=user.pk)])
