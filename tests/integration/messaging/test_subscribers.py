"""Every subscriber of the registry."""

from collections.abc import Iterator
from datetime import datetime
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

import pytest
from django.apps import apps
from django.core import mail

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Event, now
from contexts.shared.mailing.sending import send_due
from contexts.shared.messaging.delivering import deliver_envelope
from contexts.shared.messaging.envelope import read_events, seal
from contexts.shared.messaging.models import Delivery
from contexts.shared.messaging.publishing import publish
from contexts.shared.messaging.registry import Subscriber, all_subscribers
from tests.factories.identity import UserFactory

SUBSCRIBERS = sorted(all_subscribers(), key=lambda subscriber: subscriber.name)
INSIDE = [subscriber for subscriber in SUBSCRIBERS if not subscriber.outside]
OUTSIDE = [subscriber for subscriber in SUBSCRIBERS if subscriber.outside]
# Other tests cover the effects of the others.
MAILING = [subscriber for subscriber in INSIDE if subscriber.name.startswith("identity.mail_")]
# The pipeline's own rows: one more inbox entry is not another effect.
PIPELINE = {"messaging", "database"}

pytestmark = pytest.mark.django_db


def _named(subscriber: Subscriber) -> str:
    return subscriber.name


def _an_event(kind: type[Event], person: UUID) -> Event:
    values: dict[type, Any] = {UUID: person, str: "tutor", int: 3, bool: True, datetime: now()}
    facts = {
        name: values[_bare(type_)]
        for name, type_ in get_type_hints(kind).items()
        if name not in {"name", "subject"}
    }
    return kind(**facts)


def _bare(kind: Any) -> Any:
    """Return the type of a value that may also be None."""
    return next((part for part in get_args(kind) if part is not NoneType), kind)


def _envelope(subscriber: Subscriber, event: Event) -> dict[str, Any]:
    origin = event.name.split(".", 1)[0]
    using = alias_of(origin)
    for_context(origin)(lambda: publish([event]))()
    rows = Delivery.objects.using(using).filter(subscriber=subscriber.name)
    events = read_events({row.event_id for row in rows}, using=using)
    [envelope] = seal(rows, events, origin=using)
    return envelope


def _state() -> Iterator[tuple[str, dict[str, Any]]]:
    for model in apps.get_models():
        if model._meta.app_label not in PIPELINE and model._meta.managed:
            for row in model._default_manager.order_by("pk").values():
                yield model._meta.label, row


@pytest.mark.parametrize("subscriber", INSIDE, ids=_named)
class TestASubscriber:
    # tests/functional/test_subscribers.py shows one effect for an event that comes twice.
    def test_ends_well_about_a_person_who_is_gone(self, subscriber: Subscriber) -> None:
        person = UserFactory(is_active=False).pk
        envelope = _envelope(subscriber, _an_event(subscriber.event, person))
        before = list(_state())

        deliver_envelope(envelope, context=subscriber.context)

        assert list(_state()) == before
        assert not Delivery.objects.filter(subscriber=subscriber.name).exists()


@pytest.mark.parametrize("subscriber", MAILING, ids=_named)
class TestASubscriberThatMails:
    def test_has_one_effect_where_nothing_fails(self, subscriber: Subscriber) -> None:
        person = UserFactory(verified=False).pk
        envelope = _envelope(subscriber, _an_event(subscriber.event, person))

        deliver_envelope(envelope, context=subscriber.context)
        deliver_envelope(envelope, context=subscriber.context)
        send_due()

        assert len(mail.outbox) == 1

    def test_does_nothing_about_an_account_that_has_ended(self, subscriber: Subscriber) -> None:
        person = UserFactory(is_active=False).pk
        envelope = _envelope(subscriber, _an_event(subscriber.event, person))

        deliver_envelope(envelope, context=subscriber.context)
        send_due()

        assert mail.outbox == []


class TestTheRegistry:
    def test_knows_subscribers_of_both_kinds(self) -> None:
        assert "community.count_lesson" in {one.name for one in INSIDE}
        assert "community.draft_opened" in {one.name for one in OUTSIDE}
