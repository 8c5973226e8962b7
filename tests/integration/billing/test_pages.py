"""The page to which buyers return."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from contexts.billing.models import Checkout
from contexts.shared.kernel import new_id, now
from tests.factories.billing import CustomerFactory, bought, pay
from tests.integration.billing.outcomes import sweep_at

pytestmark = pytest.mark.django_db


def page(checkout_id: object, language: str = "en") -> Any:
    return Client().get(f"/billing/checkouts/{checkout_id}", headers={"Accept-Language": language})


class TestThePageOfAPurchase:
    def test_says_what_is_bought_and_that_it_is_paid(self) -> None:
        customer: Any = CustomerFactory()
        checkout = bought(customer.pk)
        waiting = page(checkout.pk).content.decode()
        pay(checkout)
        sweep_at(now() + timedelta(minutes=5))

        paid = page(checkout.pk).content.decode()

        assert "No payment has arrived" in waiting
        assert checkout.url in waiting
        assert "Your purchase is paid." in paid
        assert checkout.url not in paid
        assert str(customer.pk) not in paid

    @pytest.mark.parametrize(
        ("state", "text"),
        [("expired", "time to pay has ended"), ("disputed", "bank has taken the payment back")],
    )
    def test_says_that_it_ended_otherwise(self, state: str, text: str) -> None:
        customer: Any = CustomerFactory()
        checkout = bought(customer.pk)
        Checkout.objects.update(state=state)

        told = page(checkout.pk).content.decode()

        assert text in told

    def test_speaks_spanish(self) -> None:
        customer: Any = CustomerFactory()

        told = page(bought(customer.pk).pk, "es").content.decode()

        assert "Tu compra" in told

    def test_of_nothing_is_not_there(self) -> None:
        assert page(new_id()).status_code == 404
