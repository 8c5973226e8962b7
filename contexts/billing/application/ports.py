"""Ports: what the use cases need of the outside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.billing.domain.checkouts import Checkout
from contexts.billing.domain.commission import Commission
from contexts.billing.domain.entitlements import Entitlement
from contexts.billing.domain.evidence import Evidence
from contexts.billing.domain.ledger import Transaction
from contexts.billing.domain.pay import ListPrice
from contexts.billing.domain.prices import Offer, Product, Tax
from contexts.billing.domain.subscriptions import Payment, Subscription
from contexts.billing.domain.vouchers import Voucher
from contexts.billing.domain.wallets import Wallet
from contexts.shared.kernel import Event, Money


class Ledger(Protocol):
    def post(self, transactions: Iterable[Transaction]) -> None:
        """Store the transactions for good. Raises AlreadyPosted if a cause was posted before."""
        ...

    def has(self, cause: str) -> bool: ...


class WalletRepository(Protocol):
    def open(self, customer_id: UUID) -> Wallet:
        """Lock the customer's wallet until the transaction ends. Creates it if there is none."""
        ...

    def find(self, customer_id: UUID, *, hold_id: UUID | None = None) -> Wallet | None:
        """Lock the wallet, with the parts of a hold. None if there is no wallet."""
        ...

    def has_grant(self, source: str) -> bool: ...

    def save(self, wallet: Wallet) -> None:
        """Store rows, ledger transactions and recorded events together."""
        ...

    def announce(self, events: Iterable[Event]) -> None:
        """Publish events about a customer without a wallet."""
        ...


class Terms(Protocol):
    """Our own terms, as versioned data."""

    def commission(self, *, now: datetime) -> Commission: ...

    def list_price(self, currency: str, *, now: datetime) -> ListPrice:
        """Return the list price of a credit, from which tutors are paid."""
        ...

    def tax(self, country: str, *, now: datetime) -> Tax:
        """Return the country's tax, for money that was taken.

        The rate is 0 if none is known. Nothing is sold then, but renewals are booked.
        """
        ...

    def promotion(self, credits: int) -> Money:  # noqa: A002 - the word of the trade
        """Return what a promotion pays tutors for this many credits."""
        ...


class Payees(Protocol):
    def currency_of(self, tutor_id: UUID) -> str:
        """Return the one currency that a tutor is paid in. The first call fixes it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """`country` decides prices. `hint` says why it is not the one of the profile."""

    country: str
    language: str
    hint: str | None = None


class Customers(Protocol):
    def buyer(self, customer_id: UUID, *, now: datetime) -> Buyer:
        """Return the buyer of a new purchase, and remember the country of the prices.

        An unknown customer has no country and reads English.
        """
        ...

    def prove(self, customer_id: UUID, country: str, *, now: datetime) -> None:
        """Remember that a customer's card was of a country, unless the customer is gone."""
        ...

    def proven_at(self, customer_id: UUID, country: str, *, now: datetime) -> datetime | None:
        """Return when a card proved a country within the last year."""
        ...

    def is_gone(self, customer_id: UUID) -> bool:
        """Whether the customer's account has ended or was erased."""
        ...


class Catalog(Protocol):
    def offer(self, product: str, *, country: str, now: datetime) -> Offer:
        """Raises UnknownProduct, NotSoldThere."""
        ...

    def product(self, code: str) -> Product: ...

    def name(self, code: str, *, language: str) -> str: ...


class VoucherRepository(Protocol):
    def take(self, code: str) -> Voucher:
        """Lock the voucher until the transaction ends. Raises VoucherRefused if it is unknown."""
        ...

    def used_by(self, code: str, customer_id: UUID) -> bool: ...

    def save_use(
        self, voucher: Voucher, *, customer_id: UUID, checkout_id: UUID | None, now: datetime
    ) -> None: ...

    def give_back(self, code: str, *, checkout_id: UUID) -> None:
        """Delete the use of a checkout that was not paid, so that the voucher can be used again."""
        ...


class CheckoutRepository(Protocol):
    def add(self, checkout: Checkout, *, price_id: UUID) -> None: ...

    def take(self, checkout_id: UUID) -> Checkout:
        """Lock the checkout until the transaction ends. Raises CheckoutNotFound."""
        ...

    def take_of(self, subscription_id: UUID) -> Checkout:
        """Lock the checkout that a subscription began with. Raises SubscriptionNotFound."""
        ...

    def save(self, checkout: Checkout, *, now: datetime) -> None: ...

    def announce(self, events: Iterable[Event]) -> None:
        """Publish events about a checkout, in the caller's transaction."""
        ...


class EvidenceRepository(Protocol):
    def of(self, checkout_id: UUID) -> tuple[Evidence, ...]: ...

    def keep(self, checkout_id: UUID, pieces: Iterable[Evidence]) -> None:
        """Store the pieces of a checkout, one of each kind."""
        ...


class SubscriptionRepository(Protocol):
    def has_live(self, customer_id: UUID, *, feature: str) -> bool: ...

    def had_any(self, customer_id: UUID) -> bool: ...

    def of(self, checkout_id: UUID) -> Subscription | None: ...

    def add(self, subscription: Subscription, *, now: datetime) -> None: ...

    def save(self, subscription: Subscription) -> None:
        """Store the row and the recorded events together."""
        ...


class EntitlementRepository(Protocol):
    def take(self, customer_id: UUID, feature: str) -> Entitlement:
        """Lock the entitlement until the transaction ends. Creates it if there is none."""
        ...

    def save(self, entitlement: Entitlement) -> None:
        """Store rows and recorded events together."""
        ...


class Revenue(Protocol):
    """Revenue that is paid for and not earned yet."""

    def defer(self, *, cause: str, net: Money, earned_at: datetime) -> None:
        """Remember when a payment's net becomes revenue."""
        ...

    def drop(self, *, cause: str) -> None:
        """Forget what a refunded payment has not earned yet."""
        ...

    def revoke(self, *, cause: str, now: datetime) -> None:
        """Give up what a disputed payment has not earned yet."""
        ...


class Invoices(Protocol):
    def issue(
        self, *, checkout: Checkout, payment: Payment, cause: str, tax: Tax, now: datetime
    ) -> None:
        """Issue an invoice under the next number of the year, in the caller's transaction."""
        ...

    def correct(self, *, of: str, cause: str, now: datetime) -> None:
        """Issue an invoice that takes back the one of another cause, with negative amounts."""
        ...


class RefundRepository(Protocol):
    def add(self, checkout: Checkout, payment: Payment, *, reason: str, now: datetime) -> None:
        """Store a refund and publish that it is asked."""
        ...
