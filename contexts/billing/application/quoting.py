"""The decision before money is taken: the quote stands, or the buyer gets a new one."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from contexts.billing.application.ports import (
    Catalog,
    CheckoutRepository,
    Customers,
    EvidenceRepository,
    Terms,
    VoucherRepository,
)
from contexts.billing.application.providers import SessionState
from contexts.billing.domain import quotes
from contexts.billing.domain.checkouts import Checkout, CheckoutNotFound, CheckoutState
from contexts.billing.domain.evidence import Evidence, EvidenceKind, Verdict, merged, verdict
from contexts.billing.domain.prices import NotSoldThere, Offer, UnknownProduct
from contexts.billing.domain.vouchers import VoucherRefused
from contexts.billing.events import CheckoutConfirmed, CheckoutRequoted
from contexts.shared.kernel import Money, new_id


@dataclass(frozen=True)
class Quoting:
    customers: Customers
    catalog: Catalog
    checkouts: CheckoutRepository
    evidence: EvidenceRepository
    vouchers: VoucherRepository
    terms: Terms

    def judge(self, *, checkout_id: UUID, seen: SessionState, now: datetime) -> None:
        """Decide by the evidence of an authorized page: agree, propose another price, or refuse.

        Does nothing if the checkout is not about this page, or nothing new is known.
        """
        checkout = self.checkouts.take(checkout_id)
        waits = checkout.state.holds_card and checkout.state is not CheckoutState.REFUSED
        if not waits or checkout.provider_ref != seen.ref:
            return
        if self.customers.is_gone(checkout.customer_id):
            checkout.refuse(quotes.ACCOUNT_ENDED)
            self.checkouts.save(checkout, now=now)
            return
        known = self.evidence.of(checkout_id) or self._quoted_by(checkout, now=now)
        pieces = merged(known, seen.evidence)
        if checkout.state is CheckoutState.REQUOTED and pieces == known:
            return
        self._decide(checkout, verdict(pieces, quoted=checkout.country), now=now)
        self.evidence.keep(checkout_id, pieces)
        self.checkouts.save(checkout, now=now)

    def confirm(
        self, *, checkout_id: UUID, customer_id: UUID | None, quote: int, now: datetime
    ) -> UUID:
        """Agree to a new price. The card is charged next. Does nothing if that was done before.

        `customer_id` is None for the bearer of the checkout's page. Raises CheckoutNotFound,
        NothingToConfirm, QuoteChanged, QuoteExpired.
        """
        checkout = self.checkouts.take(checkout_id)
        if customer_id not in {None, checkout.customer_id}:
            raise CheckoutNotFound
        used, confirmed = checkout.voucher, checkout.confirm(quote, now=now)
        if confirmed is None:
            return checkout_id
        own = Evidence(
            kind=EvidenceKind.CONFIRMATION,
            country=confirmed.new.country,
            source=f"quote:{confirmed.id}",
            seen_at=now,
        )
        self.evidence.keep(checkout_id, merged(self.evidence.of(checkout_id), [own]))
        if used and checkout.voucher is None:
            self.vouchers.give_back(used, checkout_id=checkout_id)
        self.checkouts.save(checkout, now=now)
        agreed = CheckoutConfirmed(
            occurred_at=now, customer_id=checkout.customer_id, checkout_id=checkout_id
        )
        self.checkouts.announce([agreed])
        return checkout_id

    def take_another_card(self, *, checkout_id: UUID, ref: str, now: datetime) -> None:
        """Leave a page whose card was declined, once. The next page begins without it."""
        checkout = self.checkouts.take(checkout_id)
        if checkout.state is not CheckoutState.AGREED or checkout.provider_ref != ref:
            return
        checkout.take_another_card()
        if checkout.voucher and not checkout.state.is_pending:
            self.vouchers.give_back(checkout.voucher, checkout_id=checkout_id)
        self.checkouts.save(checkout, now=now)

    def _quoted_by(self, checkout: Checkout, *, now: datetime) -> tuple[Evidence, ...]:
        """Return the evidence of the first quote: a card of an earlier sale, or the profile."""
        if not checkout.country:
            return ()
        earlier = self.customers.proven_at(checkout.customer_id, checkout.country, now=now)
        kind = EvidenceKind.EARLIER_PAYMENT if earlier else EvidenceKind.PROFILE
        piece = Evidence(
            kind=kind,
            country=checkout.country,
            source=kind.value,
            seen_at=earlier or checkout.created_at,
        )
        return (piece,)

    def _decide(self, checkout: Checkout, found: Verdict, *, now: datetime) -> None:
        if found.country == checkout.country and found.is_proven:
            checkout.agree()
        elif found.country == checkout.country or checkout.quotes >= quotes.MOST_QUOTES:
            checkout.refuse(quotes.COUNTRY_UNCLEAR)
        else:
            try:
                offer = self.catalog.offer(checkout.product, country=found.country, now=now)
            except (NotSoldThere, UnknownProduct):
                checkout.refuse(NotSoldThere.code)
            else:
                self._requote(checkout, found, offer, now=now)

    def _requote(self, checkout: Checkout, found: Verdict, offer: Offer, *, now: datetime) -> None:
        quote = self._quote(checkout, found, offer, now=now)
        alike = replace(quote.new, country="") == replace(quote.old, country="")
        if not checkout.country and found.is_proven and alike:
            # The buyer told no country, and it costs the same there.
            checkout.country = found.country
            checkout.agree()
            return
        checkout.propose(quote)
        changed = CheckoutRequoted(
            occurred_at=now,
            customer_id=checkout.customer_id,
            checkout_id=checkout.id,
            quote=quote.number,
        )
        self.checkouts.announce([changed])

    def _quote(
        self, checkout: Checkout, found: Verdict, offer: Offer, *, now: datetime
    ) -> quotes.Quote:
        amount, keeps = self._reduced(checkout, offer.price)
        old = self._terms(checkout.country, checkout.price, checkout.amount, now=now)
        return quotes.Quote(
            id=new_id(),
            number=checkout.quotes + 1,
            reason=found.reason,
            old=old,
            new=self._terms(found.country, offer.price, amount, now=now),
            price_id=offer.price_id,
            keeps_voucher=keeps,
            made_at=now,
        )

    def _reduced(self, checkout: Checkout, price: Money) -> tuple[Money, bool]:
        """Return what is paid first, and whether the voucher holds. It may be of one currency."""
        if checkout.voucher is None:
            return price, True
        try:
            return price - self.vouchers.take(checkout.voucher).off(price), True
        except VoucherRefused:
            return price, False

    def _terms(self, country: str, price: Money, amount: Money, *, now: datetime) -> quotes.Terms:
        tax = self.terms.tax(country, now=now).within(amount)
        return quotes.Terms(country=country, price=price, amount=amount, tax=tax)
