"""The sandbox resends a webhook that our side could not store."""

from collections.abc import Callable
from typing import Any

import pytest

from contexts.billing.models import Webhook
from contexts.shared.messaging.models import Delivery
from tests.factories.billing import CustomerFactory, bought, pay

pytestmark = pytest.mark.django_db
HERE = "tests.integration.billing.test_resending"


def busy(body: bytes, signature: str) -> int:
    return 503


def refusing(body: bytes, signature: str) -> int:
    return 400


def _paid(settings: Any, sender: str) -> None:
    settings.SANDBOX_SENDER = f"{HERE}.{sender}"
    pay(bought(CustomerFactory().pk), by_itself=True)


def _waiting() -> list[int]:
    rows = Delivery.objects.filter(subscriber="billing.send_sandbox_event")
    return list(rows.values_list("failures", flat=True))


def test_after_a_failure_of_ours(settings: Any, deliver: Callable[[], int]) -> None:
    _paid(settings, "busy")

    deliver()

    assert _waiting() == [1]
    assert not Webhook.objects.exists()


def test_not_after_a_refusal(settings: Any, deliver: Callable[[], int]) -> None:
    _paid(settings, "refusing")

    deliver()

    assert _waiting() == []
    assert not Webhook.objects.exists()
