"""Relays of two processes that start at the same moment share the work."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from contexts.shared.messaging import relay
from tests import needs
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import ORIGIN, happened, note, say
from tests.parallel import in_another_transaction

LOCK_TIMEOUT = {
    "postgresql": "SET lock_timeout = '3s'",
    "mysql": "SET innodb_lock_wait_timeout = 3",
}
VENDOR = connections[ORIGIN].vendor

pytestmark = [
    pytest.mark.skipif(VENDOR == "sqlite", reason=needs.DATABASE),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def _not_waiting_long() -> Iterator[None]:
    with connections[ORIGIN].cursor() as cursor:
        cursor.execute(LOCK_TIMEOUT[VENDOR])
    yield
    connections[ORIGIN].close()


@pytest.mark.usefixtures("_not_waiting_long")
class TestTwoRelays:
    def test_do_not_wait_for_what_the_other_is_claiming(
        self, subscribe: Subscribe, carried: list[tuple[str, dict[str, Any]]]
    ) -> None:
        subscribe(note)
        say(*[happened() for _ in range(3 * relay.BATCH)])
        first_batch = relay.in_batches(using=ORIGIN)

        with in_another_transaction(lambda: next(first_batch), using=ORIGIN):
            meanwhile = relay.relay(using=ORIGIN)
        afterwards = relay.relay(using=ORIGIN)

        sent = Counter(pk for _, one in carried for pk, *_ in one["deliveries"])
        assert meanwhile + afterwards == 2 * relay.BATCH
        # MariaDB may read and lock every due row, by its statistics: the other finds none.
        assert afterwards == 0 or VENDOR == "mysql"
        assert len(sent) == 3 * relay.BATCH
        assert set(sent.values()) == {1}
