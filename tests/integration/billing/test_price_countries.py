"""A buyer who moves in the profile from country to country, for the price."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from busuu.sandbox import models as vendor
from contexts.billing import api
from contexts.billing.models import PriceCountry
from contexts.billing.services import privacy
from contexts.identity import api as identity
from contexts.shared.kernel import now
from tests.factories.billing import SPANISH_CARD, UNCHARGED_CARD, CustomerFactory, bought, pay
from tests.factories.identity import UserFactory
from tests.integration.billing.outcomes import DAY, HOUR, sweep

User = get_user_model()
ClientFor = Callable[[User], APIClient]

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> Any:
    user = UserFactory(country="ES")
    CustomerFactory(id=user.pk)
    return user


def move(user: Any, country: str) -> None:
    identity.change_profile(user_id=user.pk, changes={"country": country}, now=now())


def quoted_in(user: Any, country: str) -> str:
    """Return the country that a purchase is quoted for after a move."""
    move(user, country)
    return str(bought(user.pk, "lessons-1").country)


class TestABuyerWhoMoves:
    def test_is_believed_twice(self, user: Any) -> None:
        bought(user.pk, "lessons-1")

        quotes = [quoted_in(user, country) for country in ("MX", "CO", "JP", "CO")]

        assert quotes == ["MX", "CO", "CO", "CO"]

    def test_only_looks_as_often_as_they_like(self, user: Any) -> None:
        for country in ("MX", "CO", "JP", "US", "GB"):
            move(user, country)
            shown = api.prices_for(customer_id=user.pk, now=now())

            assert (shown.country, shown.hint) == (country, None)
        assert not PriceCountry.objects.exists()

    def test_is_told_why(self, user: Any, client_for: ClientFor) -> None:
        bought(user.pk, "lessons-1")
        for country in ("MX", "CO", "JP"):
            quoted_in(user, country)
        client = client_for(user)

        prices = client.get("/api/v1/billing/prices").json()
        country = client.get("/api/v1/billing/price-country").json()
        asked = client.post("/graphql", {"query": "{ priceCountry { country hint } }"}).json()

        assert (prices["country"], prices["hint"]) == ("CO", "country_unproven")
        assert {one["currency"] for one in prices["results"]} == {"COP"}
        assert country == {"country": "CO", "hint": "country_unproven"}
        assert asked["data"]["priceCountry"] == country

    def test_is_believed_with_a_card_of_that_country(self, user: Any) -> None:
        bought(user.pk, "lessons-1")
        for country in ("MX", "CO", "JP"):
            quoted_in(user, country)
        move(user, "ES")
        checkout = bought(user.pk, "lessons-1")
        pay(checkout, SPANISH_CARD)
        sweep()
        api.confirm_checkout(checkout_id=checkout.pk, customer_id=user.pk, quote=2, now=now())
        sweep(HOUR)

        shown = api.prices_for(customer_id=user.pk, now=now())

        assert checkout.country == "CO"
        assert (shown.country, shown.hint) == ("ES", None)

    def test_keeps_the_price_of_a_card_while_the_profile_stays(self, user: Any) -> None:
        move(user, "GB")
        checkout = bought(user.pk, "lessons-1")
        pay(checkout, SPANISH_CARD)
        sweep()
        api.confirm_checkout(checkout_id=checkout.pk, customer_id=user.pk, quote=2, now=now())
        sweep(HOUR)

        again = bought(user.pk, "lessons-1")
        pay(again, SPANISH_CARD)
        sweep(DAY)

        again.refresh_from_db()
        assert (again.country, again.state, again.quotes) == ("ES", "fulfilled", 1)
        kinds = set(again.evidence.values_list("kind", "country"))
        assert kinds == {("earlier_payment", "ES"), ("card", "ES"), ("billing_address", "ES")}

    @pytest.mark.parametrize("product", ["lessons-1", "premium-monthly"])
    def test_is_not_believed_with_a_card_that_is_declined(self, user: Any, product: str) -> None:
        checkout = bought(user.pk, product)
        pay(checkout, UNCHARGED_CARD)
        vendor.Session.objects.update(card_country="ES")

        sweep()

        checkout.refresh_from_db()
        assert checkout.refusal == "card_declined"
        assert PriceCountry.objects.get().proven == {}

    @pytest.mark.parametrize("product", ["lessons-1", "premium-monthly"])
    def test_is_believed_with_a_card_that_is_charged(self, user: Any, product: str) -> None:
        pay(bought(user.pk, product), SPANISH_CARD)

        sweep()

        assert set(PriceCountry.objects.get().proven) == {"ES"}

    def test_takes_the_memory_along(self, user: Any) -> None:
        bought(user.pk, "lessons-1")
        quoted_in(user, "MX")

        exported = privacy.export_person(person_id=user.pk)["price_country"]
        privacy.erase(person_id=user.pk, now=now())

        assert [(one["country"], len(one["changes"])) for one in exported] == [("MX", 1)]
        assert not PriceCountry.objects.exists()
