"""The sandbox sends over a real network, to a real server."""

from collections.abc import Callable
from typing import Any

import pytest

from busuu.sandbox import models as vendor
from busuu.sandbox import webhooks
from contexts.billing.models import Wallet, Webhook
from contexts.shared.kernel import new_id, now
from tests.factories.billing import CustomerFactory, bought, pay

pytestmark = pytest.mark.django_db(transaction=True)


class TestTheSandbox:
    def test_posts_its_events(
        self, live_server: Any, settings: Any, deliver: Callable[[], int]
    ) -> None:
        settings.PUBLIC_URL = live_server.url
        customer: Any = CustomerFactory()

        pay(bought(customer.pk), by_itself=True)
        deliver()

        assert vendor.Event.objects.get().sent == 1
        assert Webhook.objects.get().state == "done"
        assert Wallet.objects.get().available == 500

    def test_sees_that_it_is_refused(self, live_server: Any, settings: Any) -> None:
        settings.PUBLIC_URL = live_server.url

        status = webhooks.over_http(b"{}", "t=1,v1=0")

        assert status in {400, 401}
        assert not Webhook.objects.exists()

    def test_fails_without_a_server(self, settings: Any) -> None:
        settings.PUBLIC_URL = "http://127.0.0.1:9"

        with pytest.raises(OSError, match="refused"):
            webhooks.over_http(b"{}", "t=1,v1=0")

    def test_finds_no_unknown_event(self) -> None:
        assert webhooks.send(new_id(), now=now()) is None
