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


class TestThePageOfACheckout:
    def test_names_the_product_and_says_that_it_is_paid(self) -> None:
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
        [("expired", "time to pay has ended"), ("disputed", "bank has reversed the payment")],
    )
    def test_says_that_it_ended_otherwise(self, state: str, text: str) -> None:
        customer: Any = CustomerFactory()
        checkout = bought(customer.pk)
        Checkout.objects.update(state=state)

        html = page(checkout.pk).content.decode()

        assert text in html

    def test_speaks_spanish(self) -> None:
        customer: Any = CustomerFactory()

        html = page(bought(customer.pk).pk, "es").content.decode()

        assert "Tu compra" in html

    def test_of_an_unknown_checkout_is_not_found(self) -> None:
        assert page(new_id()).status_code == 404
