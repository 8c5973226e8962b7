"""Before money is taken: the quote stands, is replaced by a new one, or nothing is sold."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contexts.billing.application.providers import Session, SessionState
from contexts.billing.domain.checkouts import MOST_PAGES, Checkout, CheckoutNotFound, CheckoutState
from contexts.billing.domain.evidence import Evidence, EvidenceKind
from contexts.billing.domain.quotes import (
    QUOTE_LASTS,
    NothingToConfirm,
    QuoteChanged,
    QuoteExpired,
)
from contexts.billing.events import CheckoutRequoted
from contexts.shared.kernel import Money
from tests.fakes.billing.use_cases import Billing
from tests.fakes.billing.vouchers import voucher
from tests.unit.billing.stories import CHECKOUT, CUSTOMER, NOW, begun


@pytest.fixture
def billing() -> Billing:
    return Billing()


def opened(billing: Billing, product: str = "lessons-5", **options: Any) -> None:
    begun(billing, product, **options)
    billing.checkouts.open(checkout_id=CHECKOUT, session=Session(ref="cs_1", url="u"), now=NOW)


def held(card: str, billing_country: str = "", *, ref: str = "cs_1") -> SessionState:
    """Return the state of a page that holds a card."""
    pieces = {EvidenceKind.CARD: card, EvidenceKind.BILLING_ADDRESS: billing_country}
    return SessionState(
        ref=ref,
        reference=str(CHECKOUT),
        status="authorized",
        evidence=tuple(
            Evidence(kind=kind, country=country, source=f"{ref}:{country}", seen_at=NOW)
            for kind, country in pieces.items()
            if country
        ),
    )


def judged(billing: Billing, seen: SessionState) -> Checkout:
    billing.quoting.judge(checkout_id=CHECKOUT, seen=seen, now=NOW)
    return billing.rows.checkouts[CHECKOUT]


def confirmed(billing: Billing, quote: int = 2, **options: Any) -> Checkout:
    arguments = {"checkout_id": CHECKOUT, "customer_id": CUSTOMER, "now": NOW} | options
    billing.quoting.confirm(quote=quote, **arguments)
    return billing.rows.checkouts[CHECKOUT]


def countries(billing: Billing) -> dict[str, str]:
    return {one.kind.value: one.country for one in billing.rows.evidence[CHECKOUT]}


class TestACardOfTheQuotedCountry:
    def test_is_to_be_charged(self, billing: Billing) -> None:
        opened(billing)

        checkout = judged(billing, held("ES", "FR"))

        assert (checkout.state, checkout.quotes) == (CheckoutState.AGREED, 1)
        assert countries(billing) == {"card": "ES", "billing_address": "FR", "profile": "ES"}
        assert not billing.rows.events

    def test_is_judged_once_more_without_a_change(self, billing: Billing) -> None:
        opened(billing)

        first, again = judged(billing, held("ES")), judged(billing, held("ES"))

        assert first == again


class TestACardOfAnotherCountry:
    def test_brings_a_new_price_and_takes_no_money(self, billing: Billing) -> None:
        opened(billing)

        checkout = judged(billing, held("US", "ES"))

        quote = checkout.quote
        assert quote
        assert (checkout.state, quote.number, quote.reason) == (CheckoutState.REQUOTED, 2, "card")
        assert (quote.old.country, quote.old.amount, quote.old.tax) == (
            "ES",
            Money(7000, "EUR"),
            Money(1215, "EUR"),
        )
        assert (quote.new.country, quote.new.amount, quote.new.tax) == (
            "US",
            Money(7000, "USD"),
            Money(0, "USD"),
        )
        # Until the buyer confirms, the old price stands.
        assert (checkout.country, checkout.price) == ("ES", Money(7000, "EUR"))
        assert [type(one) for one in billing.rows.events] == [CheckoutRequoted]

    def test_is_proposed_once_for_repeated_news(self, billing: Billing) -> None:
        opened(billing)

        first, again = judged(billing, held("US")), judged(billing, held("US"))

        assert first == again
        assert len(billing.rows.events) == 1

    def test_of_an_older_page_is_nothing_to_us(self, billing: Billing) -> None:
        opened(billing)

        assert judged(billing, held("US", ref="cs_0")).state is CheckoutState.OPEN

    def test_where_nothing_is_sold_ends_the_sale(self, billing: Billing) -> None:
        opened(billing)

        checkout = judged(billing, held("BR"))

        assert (checkout.state, checkout.refusal) == (CheckoutState.REFUSED, "not_sold_there")
        assert checkout.is_over(NOW)

    def test_keeps_a_percentage_off(self, billing: Billing) -> None:
        billing.rows.vouchers["HALF"] = voucher("HALF")
        opened(billing, voucher="HALF")

        quote = judged(billing, held("US")).quote

        assert quote
        assert (quote.new.price, quote.new.amount) == (Money(7000, "USD"), Money(3500, "USD"))

    def test_frees_a_voucher_of_the_old_currency(self, billing: Billing) -> None:
        billing.rows.vouchers["FIVE"] = voucher("FIVE", kind="fixed", minor=500, currency="EUR")
        opened(billing, voucher="FIVE")
        judged(billing, held("US"))

        checkout = confirmed(billing)

        assert (checkout.amount, checkout.voucher) == (Money(7000, "USD"), None)
        assert not billing.rows.uses
        assert billing.rows.vouchers["FIVE"].used == 0


class TestConfirming:
    @pytest.fixture
    def billing(self) -> Billing:
        found = Billing()
        opened(found)
        judged(found, held("US", "ES"))
        return found

    def test_puts_the_new_price_in_place(self, billing: Billing) -> None:
        checkout = confirmed(billing)

        assert (checkout.state, checkout.country) == (CheckoutState.AGREED, "US")
        assert (checkout.price, checkout.due) == (Money(7000, "USD"), Money(7000, "USD"))
        assert countries(billing)["confirmation"] == "US"

    def test_again_does_nothing(self, billing: Billing) -> None:
        assert confirmed(billing) == confirmed(billing)

    def test_leads_to_no_other_quote_for_the_same_card(self, billing: Billing) -> None:
        confirmed(billing)

        assert judged(billing, held("US", "ES")).state is CheckoutState.AGREED

    def test_is_refused_to_another_person(self, billing: Billing) -> None:
        with pytest.raises(CheckoutNotFound):
            confirmed(billing, customer_id=UUID(int=9))

        assert billing.rows.checkouts[CHECKOUT].state is CheckoutState.REQUOTED

    def test_of_a_price_that_was_not_shown_is_refused(self, billing: Billing) -> None:
        with pytest.raises(QuoteChanged):
            confirmed(billing, quote=3)

    def test_after_its_day_is_refused(self, billing: Billing) -> None:
        over = NOW + QUOTE_LASTS
        checkout = billing.rows.checkouts[CHECKOUT]

        with pytest.raises(QuoteExpired):
            confirmed(billing, now=over)

        assert not checkout.is_over(over - timedelta(seconds=1))
        assert checkout.is_over(over)

    def test_without_a_new_price_is_refused(self) -> None:
        billing = Billing()
        opened(billing)

        with pytest.raises(NothingToConfirm):
            confirmed(billing)

    def test_is_worth_nothing_if_the_card_has_changed_again(self, billing: Billing) -> None:
        confirmed(billing)

        checkout = judged(billing, held("GB"))

        assert checkout.quote
        assert (checkout.state, checkout.quotes) == (CheckoutState.REQUOTED, 3)
        assert (checkout.quote.old.country, checkout.quote.new.country) == ("US", "GB")
        with pytest.raises(QuoteChanged):
            confirmed(billing, quote=2)

    def test_has_an_end(self, billing: Billing) -> None:
        confirmed(billing)
        judged(billing, held("GB"))
        confirmed(billing, quote=3)

        checkout = judged(billing, held("DE"))

        assert (checkout.state, checkout.refusal) == (CheckoutState.REFUSED, "country_unclear")
        assert judged(billing, held("GB")).state is CheckoutState.REFUSED

    def test_is_not_needed_if_the_card_is_again_of_the_first_country(
        self, billing: Billing
    ) -> None:
        checkout = judged(billing, held("ES"))

        assert (checkout.state, checkout.country) == (CheckoutState.AGREED, "ES")
        assert checkout.quote is None


class TestABuyerWithoutACountry:
    @pytest.fixture
    def billing(self) -> Billing:
        found = Billing()
        found.customers.country = ""
        opened(found)
        return found

    def test_is_believed_if_it_costs_the_same(self, billing: Billing) -> None:
        checkout = judged(billing, held("US", "US"))

        assert (checkout.state, checkout.country) == (CheckoutState.AGREED, "US")
        assert checkout.quotes == 1

    def test_gets_a_new_price_otherwise(self, billing: Billing) -> None:
        checkout = judged(billing, held("ES", "ES"))

        assert checkout.quote
        assert (checkout.quote.old.country, checkout.quote.new.country) == ("", "ES")

    def test_is_asked_if_one_piece_stands_alone(self, billing: Billing) -> None:
        assert judged(billing, held("US")).state is CheckoutState.REQUOTED

    def test_is_sold_nothing_without_any(self, billing: Billing) -> None:
        checkout = judged(billing, held(""))

        assert (checkout.state, checkout.refusal) == (CheckoutState.REFUSED, "country_unclear")


class TestABuyerWhoIsGone:
    def test_is_sold_nothing_and_leaves_no_evidence(self, billing: Billing) -> None:
        opened(billing)
        billing.customers.gone = True

        checkout = judged(billing, held("ES", "ES"))

        assert (checkout.state, checkout.refusal) == (CheckoutState.REFUSED, "account_ended")
        assert CHECKOUT not in billing.rows.evidence


class TestADeclinedCard:
    def test_is_followed_by_another_page_once(self, billing: Billing) -> None:
        opened(billing)
        judged(billing, held("ES"))

        for _ in range(2):
            billing.quoting.take_another_card(checkout_id=CHECKOUT, ref="cs_1", now=NOW)

        checkout = billing.rows.checkouts[CHECKOUT]
        assert (checkout.state, checkout.pages, checkout.provider_ref) == (
            CheckoutState.BEGUN,
            2,
            None,
        )
        assert checkout.refusal == "card_declined"

    def test_ends_the_sale_after_the_last_page(self, billing: Billing) -> None:
        billing.rows.vouchers["HALF"] = voucher("HALF", max_uses=1)
        opened(billing, voucher="HALF")

        for number in range(1, MOST_PAGES + 1):
            ref = f"cs_{number}"
            session = Session(ref=ref, url="u")
            billing.checkouts.open(checkout_id=CHECKOUT, session=session, now=NOW)
            judged(billing, held("ES", ref=ref))
            billing.quoting.take_another_card(checkout_id=CHECKOUT, ref=ref, now=NOW)

        checkout = billing.rows.checkouts[CHECKOUT]
        assert (checkout.state, checkout.refusal) == (CheckoutState.EXPIRED, "card_declined")
        assert billing.rows.vouchers["HALF"].used == 0
