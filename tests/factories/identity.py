"""People, their sessions and their tokens."""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from contexts.identity.adapters import tokens
from contexts.identity.events import ProfileChanged
from contexts.identity.models import (
    AddressChange,
    Agreement,
    Erasure,
    Session,
    StaffEnrollment,
    User,
)
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import address_key, new_id, now
from contexts.shared.messaging.publishing import publish

NEW_ADDRESS = "moved@example.org"
# The version of our terms that is in force.
TERMS = "2026-11-01"
PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory):
    """A verified learner who agreed to the terms, unless `verified`, `roles`, `agreed` differ."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        verified = True

    id = factory.LazyFunction(new_id)
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    email_key = factory.LazyAttribute(lambda user: address_key(user.email))
    display_name = factory.Sequence(lambda n: f"Person {n}")
    verified_at = factory.Maybe("verified", factory.LazyFunction(now), None)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        password, agreed = kwargs.pop("password", PASSWORD), kwargs.pop("agreed", TERMS)
        user = model_class(*args, **kwargs)
        user.set_password(password)
        user.save(force_insert=True)
        if agreed:
            agree(user, agreed)
        return user

    @factory.post_generation
    def roles(self, create: bool, named: tuple[str, ...] | None, **_: Any) -> None:
        for name in ("learner",) if named is None else named:
            self.groups.add(Group.objects.get(name=name))


def agree(user: User, version: str = TERMS) -> None:
    """Let a user agree to a version of the terms."""
    Agreement.objects.create(
        user=user, kind="terms", version=version, at=now(), face="page", language="en"
    )


def disagree(user: User) -> None:
    """Let a user have agreed to nothing."""
    Agreement.objects.filter(user=user).delete()


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    id = factory.LazyFunction(new_id)
    user = factory.SubFactory(UserFactory)
    refresh_hash = "0" * 64
    created_at = factory.LazyFunction(now)
    refreshed_at = factory.SelfAttribute("created_at")
    expires_at = factory.LazyAttribute(lambda session: _next_month(session.created_at))


def _next_month(at: datetime) -> datetime:
    from django.conf import settings

    return at + settings.REFRESH_TOKEN_LIFETIME


def access_token(user: User) -> str:
    """Return a valid access token of a new session."""
    session = SessionFactory(user=user)
    roles = sorted(user.groups.values_list("name", flat=True))
    return tokens.access_token(user, session_id=session.pk, roles=roles, now=now())


def refresh_token(user: User) -> str:
    """Return a valid refresh token of a new session."""
    session = SessionFactory(user=user)
    token, refresh_hash = tokens.new_refresh_token(session.pk)
    Session.objects.filter(pk=session.pk).update(refresh_hash=refresh_hash)
    return token


def verification_token(user: User) -> str:
    """Return the token of the link that proves the user's address."""
    return tokens.verification_link_token(user)


def reset_token(user: User) -> str:
    """Return the token of the link that resets the user's password."""
    return tokens.reset_link_token(user)


def address_token(user: User, email: str = NEW_ADDRESS) -> str:
    """Return the token of the link that gives the user another address."""
    change = AddressChange.objects.create(
        user=user, old_email=user.email, new_email=email, requested_at=now()
    )
    return tokens.address_change_token(change.pk)


def enrollment_token(user: User) -> str:
    """Return the token of a link with which a member of the staff enrolls."""
    link = StaffEnrollment.objects.create(
        user=user, requested_at=now(), expires_at=now() + timedelta(hours=24)
    )
    return tokens.staff_enrollment_token(link.pk)


def publish_events_about(user: User, *, times: int) -> None:
    """Publish events about a user."""
    events = [ProfileChanged(occurred_at=now(), user_id=user.pk)] * times
    for_context("identity")(lambda: publish(events))()


def start_erasure(user: User) -> None:
    """Mark a requested erasure as started, without ending the user's sessions."""
    Erasure.objects.filter(pk=user.pk).update(started_at=now())
