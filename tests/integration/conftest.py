from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.integration.spelling import spelling

__all__ = ["spelling"]

NOON = datetime(2026, 11, 29, 12, 0, 10, tzinfo=UTC)


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    """A clock that stands still, ten seconds after the code of an authenticator has changed."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
