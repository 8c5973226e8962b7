"""A customer, and a sandbox whose webhooks come without a network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from contexts.billing.adapters.catalog import forget
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


@pytest.fixture
def mounted(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A folder for the operator's own catalog."""
    settings.BILLING = {**settings.BILLING, "CATALOG": str(tmp_path)}
    forget()
    yield tmp_path
    forget()
