"""Enrollment of the staff: a link that sets a password and a second factor, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.contrib.auth.hashers import make_password
from django.db.models import F, QuerySet

from contexts.identity.adapters import second_factors as factors
from contexts.identity.adapters import tokens
from contexts.identity.adapters.secrets import seal, unseal
from contexts.identity.models import StaffEnrollment, User
from contexts.identity.services.accounts import (
    InvalidLink,
    check_address,
    check_password,
    end_sessions,
)
from contexts.identity.services.registering import verified_account
from contexts.identity.services.roles import STAFF_ROLES, UnknownRole, grant_role
from contexts.identity.services.second_factors import WrongCode, notify
from contexts.shared.audit.recording import record
from contexts.shared.database.placement.replicas import note_caller
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Conflict, address_key, new_id
from contexts.shared.mailing.posting import post

atomic = for_context("identity")

ENROLLMENT_LIFETIME = timedelta(hours=24)


class NotStaff(Conflict):
    code = "not_staff"
    message = "Only a person with a role of the staff gets an enrollment link."


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentForm:
    """What the page behind a link shows. `sealed` brings the secret back with the answer."""

    email: str
    secret: str
    sealed: str
    address: str
    picture: str


@atomic
def create_staff(*, user_id: UUID, email: str, role: str, now: datetime) -> str:
    """Grant a role of the staff at the console. Return the token of a new enrollment link.

    Creates the account if there is none. An unverified account loses the password that a stranger
    may have chosen. Earlier links are dead. Raises InvalidAddress, UnknownRole, UnknownPerson if
    the account has ended or is suspended.
    """
    if role not in STAFF_ROLES:
        raise UnknownRole(role=role[:40])
    check_address(email)
    fresh = User(
        id=user_id,
        email=email.strip(),
        email_key=address_key(email),
        created_at=now,
        verified_at=now,
    )
    fresh.set_unusable_password()
    holder = verified_account(fresh, now=now)
    grant_role(user_id=holder.pk, role=role, now=now)
    link = _new_link(holder.pk, by=None, source="console", now=now)
    return tokens.staff_enrollment_token(link.pk)


@atomic
def send_enrollment_link(*, user_id: UUID, by: UUID, now: datetime) -> None:
    """Mail a new enrollment link to a member of the staff. Earlier links are dead.

    Raises NotStaff, also for an account that has ended.
    """
    if not User.objects.filter(pk=user_id, is_active=True, is_staff=True).exists():
        raise NotStaff
    link = _new_link(user_id, by=by, source="admin", now=now)
    post(
        "staff_enrollment",
        context="identity",
        person_id=user_id,
        key=str(link.pk),
        facts={"enrollment": str(link.pk)},
        until=link.expires_at,
        now=now,
    )


@atomic
def renew_enrollment(*, user_id: UUID, now: datetime) -> str:
    """Return the token of a link for a person who changes phones. Earlier links are dead.

    The caller has just proven the factor of before. Raises NotStaff.
    """
    if not User.objects.filter(pk=user_id, is_active=True, is_staff=True).exists():
        raise NotStaff
    return tokens.staff_enrollment_token(_new_link(user_id, by=user_id, source="pages", now=now).pk)


def _new_link(user_id: UUID, *, by: UUID | None, source: str, now: datetime) -> StaffEnrollment:
    # Of parallel links, the last one lives.
    User.objects.select_for_update().get(pk=user_id)
    StaffEnrollment.objects.filter(user_id=user_id, used_at=None).delete()
    record(
        "staff_enrollment.requested",
        source=source,
        actor_id=by,
        subject=f"identity.user:{user_id}",
        at=now,
    )
    return StaffEnrollment.objects.create(
        id=new_id(),
        user_id=user_id,
        requested_by=by,
        requested_at=now,
        expires_at=now + ENROLLMENT_LIFETIME,
    )


def enrollment_form(*, token: str, now: datetime, sealed: str = "") -> EnrollmentForm:
    """Return the page behind a link: with a new secret, or the one that a form sent back.

    Raises InvalidLink.
    """
    enrollment = _enrollment(token, now=now)
    secret = _secret(enrollment, sealed) if sealed else factors.new_secret()
    address = factors.address_of(enrollment.user, secret)
    return EnrollmentForm(
        email=enrollment.user.email,
        secret=secret,
        sealed=sealed or seal(f"{enrollment.pk}:{secret}"),
        address=address,
        picture=factors.picture_of(address),
    )


def enroll(*, token: str, sealed: str, code: str, password: str, now: datetime) -> list[str]:
    """Set a password and a second factor by a link. Return the recovery codes.

    Ends all sessions and tells the person by mail. Raises InvalidLink, WrongCode, WeakPassword.
    """
    enrollment = _enrollment(token, now=now)
    secret = _secret(enrollment, sealed)
    used = factors.matching_counter(secret, code)
    if used is None:
        raise WrongCode
    check_password(password, enrollment.user)
    return _enroll(
        enrollment.pk, secret=secret, used=used, password_hash=make_password(password), now=now
    )


@atomic
def _enroll(
    enrollment_id: UUID, *, secret: str, used: int, password_hash: str, now: datetime
) -> list[str]:
    enrollment = _open(now).select_for_update().filter(pk=enrollment_id).first()
    if enrollment is None:
        raise InvalidLink
    enrollment.used_at = now
    enrollment.save(update_fields=["used_at"])
    user_id = enrollment.user_id
    note_caller(user_id)
    User.objects.filter(pk=user_id).update(
        password=password_hash, access_version=F("access_version") + 1
    )
    end_sessions(user_id, because="staff_enrolled", now=now)
    codes = factors.enroll(enrollment.user, secret=secret, used=used)
    subject = f"identity.user:{user_id}"
    record("second_factor.enrolled", source="pages", actor_id=user_id, subject=subject, at=now)
    notify(user_id, act="set", now=now)
    return codes


def _enrollment(token: str, *, now: datetime) -> StaffEnrollment:
    enrollment_id = tokens.staff_enrollment_of(token)
    found = enrollment_id and _open(now).filter(pk=enrollment_id).first()
    if not found:
        raise InvalidLink
    return found


def _open(now: datetime) -> QuerySet[StaffEnrollment]:
    """Return the links that work: of people who have a role of the staff at this moment."""
    alive = StaffEnrollment.objects.filter(used_at=None, expires_at__gt=now)
    return alive.filter(user__is_active=True, user__is_staff=True).select_related("user")


def _secret(enrollment: StaffEnrollment, sealed: str) -> str:
    try:
        named, _, secret = unseal(sealed).partition(":")
    except InvalidToken:
        raise InvalidLink from None
    if named != str(enrollment.pk):
        raise InvalidLink
    return secret
