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


@pytest.fixture
def stripe_server(
    settings: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Any]:
    """Stripe on a local port, as the provider of all purchases."""
    from contexts.billing.adapters.stripe import calls
    from tests.integration.billing.stripe_server import SILENT, serving, stripe

    # Stripe's library waits between two tries.
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0)
    spec = getattr(request.node, "callspec", None)
    if spec is not None and spec.params.get("failure") == SILENT:
        monkeypatch.setattr(calls, "TIMEOUT_SECONDS", 0.5)
    with serving() as server:
        settings.BILLING = {
            **settings.BILLING,
            "PROVIDER": "stripe",
            "STRIPE_KEY": "sk_test",
            "STRIPE_ADDRESS": server.address,
        }
        yield server
