"""Mails that follow events of identity. Links are made when a mail is sent, and lie in no table."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from contexts.identity.adapters import tokens
from contexts.identity.models import AddressChange, StaffEnrollment, User
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.mailing.facts import provides
from contexts.shared.mailing.models import Mail
from contexts.shared.mailing.posting import post
from contexts.shared.mailing.recipients import Recipient

atomic = for_context("identity")


def mail_recipient(*, person_id: UUID) -> Recipient | None:
    """Return where mail reaches a person, None if the account has ended."""
    reached = Q(is_active=True) | Q(suspended_at__isnull=False)
    user = User.objects.filter(reached, pk=person_id).first()
    if user is None:
        return None
    return Recipient(
        address=user.email,
        name=user.display_name,
        language=user.interface_language,
        time_zone=user.time_zone,
    )


@atomic
def mail_verification(*, user_id: UUID, now: datetime) -> None:
    """Mail the link that verifies an address, unless the address is verified."""
    if (user := _active(user_id)) and user.verified_at is None:
        _post("verification", user, now=now)


@atomic
def mail_registration_repeated(*, user_id: UUID, now: datetime) -> None:
    """Tell the owner of an account that somebody tried to register with its address."""
    if user := _active(user_id):
        template = "registration_repeated" if user.verified_at else "verification"
        _post(template, user, now=now)


@atomic
def mail_password_reset(*, user_id: UUID, now: datetime) -> None:
    """Mail the link that sets a new password."""
    if user := _active(user_id):
        _post("password_reset", user, now=now)


@provides("identity", "verification")
def _verification_link(mail: Mail) -> Mapping[str, Any] | None:
    user = _active(mail.person_id)
    if user is None or user.verified_at:
        return None
    return {"token": tokens.verification_link_token(user)}


@provides("identity", "password_reset")
def _reset_link(mail: Mail) -> Mapping[str, Any] | None:
    user = _active(mail.person_id)
    return {"token": tokens.reset_link_token(user)} if user else None


@provides("identity", "address_change")
def _address_link(mail: Mail) -> Mapping[str, Any] | None:
    # A link goes only to the address that it confirms, also if another one was asked for since.
    asked = {"user_id": mail.person_id, "new_email": mail.address}
    pending = AddressChange.objects.filter(confirmed_at=None, **asked)
    change = pending.order_by("-requested_at").first()
    if change is None:
        return None
    return {"token": tokens.address_change_token(change.pk), "new_email": change.new_email}


@provides("identity", "staff_enrollment")
def _enrollment_link(mail: Mail) -> Mapping[str, Any] | None:
    # A newer link has a mail of its own.
    named = {"pk": mail.facts["enrollment"], "user_id": mail.person_id}
    link = StaffEnrollment.objects.filter(used_at=None, **named).first()
    return {"token": tokens.staff_enrollment_token(link.pk)} if link else None


def _active(user_id: UUID) -> User | None:
    return User.objects.filter(pk=user_id, is_active=True).first()


def _post(template: str, user: User, *, now: datetime) -> None:
    # A new password makes links useless that were mailed before, so its mail does not wait.
    state = hashlib.sha256(user.password.encode()).hexdigest()[:16]
    post(
        template,
        context="identity",
        person_id=user.pk,
        key=now.isoformat(),
        variant=state,
        cooldown=settings.MAIL_COOLDOWN,
        now=now,
    )
