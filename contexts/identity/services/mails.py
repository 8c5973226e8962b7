"""Mails that follow events of identity. They go out after the commit, at least once."""

from uuid import UUID

from contexts.identity.adapters import mail, tokens
from contexts.identity.models import User


def mail_verification(*, user_id: UUID) -> None:
    """Mail the link that verifies an address, unless the address is verified."""
    user = User.objects.filter(pk=user_id, is_active=True, verified_at=None).first()
    if user:
        mail.send_seldom("verification", user=user, token=tokens.verification_link_token(user))


def mail_registration_repeated(*, user_id: UUID) -> None:
    """Tell the owner of an account that somebody tried to register with its address."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user and user.verified_at is None:
        mail.send_seldom("verification", user=user, token=tokens.verification_link_token(user))
    elif user:
        mail.send_seldom("registration_repeated", user=user)


def mail_password_reset(*, user_id: UUID) -> None:
    """Mail the link that sets a new password."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user:
        mail.send_seldom("password_reset", user=user, token=tokens.reset_link_token(user))
