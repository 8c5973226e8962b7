"""A customer, and a sandbox whose webhooks come without a network."""

from typing import Any
from uuid import UUID

import pytest

from tests.factories.billing import CustomerFactory


@pytest.fixture
def customer_id() -> UUID:
    customer: Any = CustomerFactory()
    return UUID(str(customer.pk))


@pytest.fixture
def ourselves(settings: Any) -> None:
    """Let the sandbox send its events to our own webhooks."""
    ours = "tests.integration.billing.ourselves.post"
    settings.SANDBOX_SENDER = ours
