"""Purging deletes handled webhooks and keeps failed ones."""

from datetime import timedelta

import pytest

from contexts.billing.models import Webhook
from contexts.billing.tasks import purge
from contexts.shared.kernel import first_id_at, now

pytestmark = pytest.mark.django_db


def _webhook(*, days_ago: int, state: str) -> str:
    at = now() - timedelta(days=days_ago)
    row: Webhook = Webhook.objects.create(
        id=first_id_at(at),
        provider="sandbox",
        event_ref=f"{state}-{days_ago}",
        kind="checkout.completed",
        about="checkout",
        body_sha256="0" * 64,
        received_at=at,
        state=state,
    )
    return row.event_ref


class TestPurging:
    def test_deletes_old_handled_webhooks(self) -> None:
        _webhook(days_ago=91, state="done")
        _webhook(days_ago=92, state="ignored")
        remaining = {
            _webhook(days_ago=89, state="done"),
            _webhook(days_ago=93, state="failed"),
            _webhook(days_ago=94, state="stored"),
        }

        purge()

        assert set(Webhook.objects.values_list("event_ref", flat=True)) == remaining
