"""Every row of the admin opens for the admin role."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from contexts.billing.models import Checkout, Refund, Webhook
from contexts.community import api as community
from contexts.courses.models import Card
from contexts.identity import api as identity
from contexts.identity.models import User
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import InboxEntry, StoredEvent, StreamDelivery
from contexts.tutoring.models import CalendarFeed
from tests.factories.identity import TERMS, UserFactory, enrollment_token
from tests.operations.ids import CORRECTION, EDIT, ENROLLMENT, SOMEBODY
from tests.operations.world import World, staged

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture(scope="module")
def _staged(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with staged(django_db_blocker) as world:
        _fill(world)
        yield


def _fill(world: World) -> None:
    """Store rows of the models that the world leaves empty."""
    learner_id = world.learner.pk
    community.accept(edit_id=EDIT, writer_id=learner_id, now=now())
    community.notify(
        recipient_id=world.people["corrector"].pk, kind="thanked", cause="test", now=now()
    )
    community.report(
        report_id=new_id(),
        reporter_id=learner_id,
        kind="correction",
        subject_id=CORRECTION,
        reason="spam",
        comment="",
        now=now(),
    )
    Card.objects.create(
        id=new_id(), enrollment_id=ENROLLMENT, category="spelling", language="en", made_at=now()
    )
    identity.set_consents(
        user_id=learner_id,
        granted={"research_use": True},
        face="rest",
        language="en",
        now=now(),
    )
    identity.announce_version(kind="terms", version=TERMS, now=now())
    CalendarFeed.objects.create(person_id=learner_id, token_hash="x" * 64, rotated_at=now())
    Webhook.objects.create(
        provider="sandbox",
        event_ref="evt_1",
        kind="checkout.completed",
        about="checkout",
        body_sha256="0" * 64,
        received_at=now(),
        state="done",
    )
    identity.request_erasure(user_id=SOMEBODY, now=now())
    enrollment_token(User.objects.get(pk=SOMEBODY))
    identity.request_export(export_id=new_id(), user_id=SOMEBODY, now=now())
    identity.mail_password_reset(user_id=learner_id, now=now())
    _store_a_refund()
    event = StoredEvent.objects.first()
    InboxEntry.objects.create(event_id=event.pk, subscriber="test.note", handled_at=now())
    StreamDelivery.objects.create(event_id=event.pk, created_at=now())


def _store_a_refund() -> None:
    Refund.objects.create(
        id=new_id(),
        checkout=Checkout.objects.first(),
        provider="sandbox",
        payment_ref="ch_1",
        minor=999,
        currency="EUR",
        reason="second_sale",
        state="wanted",
        created_at=now(),
        looked_at=now(),
    )


@pytest.fixture
def client(_staged: None, db: None) -> Client:
    user = UserFactory()
    identity.grant_role(user_id=user.pk, role="admin", now=now())
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def _page(model: type[Model], row: Model) -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    # The admin's lists quote the id too: unquoted, the admin reads `ch_24` as `ch$`.
    return reverse(name, args=[quote(row.pk)])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
class TestARow:
    def test_opens_for_the_admin_role(self, model: type[Model], client: Client) -> None:
        row = model._default_manager.first()
        assert row is not None, "nothing is shown by an empty table"

        assert client.get(_page(model, row)).status_code == 200
