"""Management commands of billing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contexts.billing.models import Price, Product, Wallet
from contexts.shared.kernel import new_id
from tests.factories.billing import credits_for

pytestmark = pytest.mark.django_db


def output_of(*words: str) -> list[str]:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().splitlines()


class TestPrices:
    def test_are_loaded_once(self) -> None:
        first, again = output_of("prices", "load"), output_of("prices", "load")

        assert first == ["24 new prices"]
        assert again == ["0 new prices"]
        assert (Product.objects.count(), Price.objects.count()) == (4, 24)

    def test_are_listed_by_group_and_place(self) -> None:
        output_of("prices", "load")

        lines = output_of("prices", "list")

        assert lines[0] == "britain  premium-monthly  849 GBP (minor units)"
        assert len(lines) == 24

    def test_of_the_catalog_are_in_all_its_currencies(self) -> None:
        output_of("prices", "load")

        found = set(Price.objects.values_list("currency", flat=True))

        assert found == {"COP", "EUR", "GBP", "JPY", "MXN", "USD"}


class TestTheLedger:
    def test_adds_up(self) -> None:
        credits_for(new_id(), 3)

        assert output_of("ledger", "check") == ["everything adds up"]

    def test_that_does_not_add_up_is_an_error(self) -> None:
        customer_id = new_id()
        credits_for(customer_id, 3)
        Wallet.objects.filter(pk=customer_id).update(available=400)

        with pytest.raises(CommandError, match="do not add up"):
            output_of("ledger", "check")
