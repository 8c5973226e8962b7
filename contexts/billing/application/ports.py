"""What the use cases need of the world, in our own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.billing.domain.checkouts import Checkout
from contexts.billing.domain.commission import Commission
from contexts.billing.domain.entitlements import Entitlement
from contexts.billing.domain.ledger import Transaction
from contexts.billing.domain.prices import Offer, Product, Tax, Voucher
from contexts.billing.domain.subscriptions import Payment, Snapshot, Subscription
from contexts.billing.domain.wallets import Wallet
from contexts.shared.kernel import Event, Money, Unauthenticated


class Ledger(Protocol):
    def post(self, transactions: Iterable[Transaction]) -> None:
        """Write them down, for good. A cause that was posted before raises AlreadyPosted."""
        ...

    def has(self, cause: str) -> bool: ...


class WalletRepository(Protocol):
    def open(self, customer_id: UUID) -> Wallet:
        """The customer's, locked until the transaction ends; made where there is none yet."""
        ...

    def find(self, customer_id: UUID, *, hold_id: UUID | None = None) -> Wallet | None:
        """The same, where there is one; with what the hold has of which grant."""
        ...

    def has_grant(self, source: str) -> bool: ...

    def save(self, wallet: Wallet) -> None:
        """Rows, ledger and recorded events together."""
        ...

    def tell(self, events: Iterable[Event]) -> None:
        """Publish what happened about a customer without a wallet."""
        ...

    def with_something_due(self, *, now: datetime, most: int) -> list[UUID]:
        """Customers with a hold or a grant whose time is over."""
        ...


class Terms(Protocol):
    """Our own terms, as versioned data."""

    def commission(self, *, now: datetime) -> Commission: ...

    def tax(self, country: str, *, now: datetime) -> Tax:
        """A rate of nothing where there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    country: str
    language: str


class Customers(Protocol):
    def buyer(self, customer_id: UUID) -> Buyer:
        """Whoever is not known yet comes from nowhere and reads English."""
        ...


class Catalog(Protocol):
    def offer(self, product: str, *, country: str, now: datetime) -> Offer:
        """Raises UnknownProduct."""
        ...

    def product(self, code: str) -> Product: ...

    def name(self, code: str, *, language: str) -> str: ...


class VoucherRepository(Protocol):
    def take(self, code: str) -> Voucher:
        """Locked until the transaction ends. Raises VoucherRefused for an unknown one."""
        ...

    def used_by(self, code: str, customer_id: UUID) -> bool: ...

    def save_use(
        self, voucher: Voucher, *, customer_id: UUID, checkout_id: UUID | None, now: datetime
    ) -> None: ...

    def give_back(self, code: str, *, checkout_id: UUID) -> None:
        """A purchase came to nothing: its voucher may be used again."""
        ...


class CheckoutRepository(Protocol):
    def add(self, checkout: Checkout, *, price_id: UUID) -> None: ...

    def take(self, checkout_id: UUID) -> Checkout:
        """Locked until the transaction ends. Raises CheckoutNotFound."""
        ...

    def take_of(self, subscription_id: UUID) -> Checkout:
        """The one that a subscription began with. Raises SubscriptionNotFound."""
        ...

    def save(self, checkout: Checkout, *, now: datetime) -> None: ...


class SubscriptionRepository(Protocol):
    def has_live(self, customer_id: UUID, *, feature: str) -> bool: ...

    def had_any(self, customer_id: UUID) -> bool: ...

    def of(self, checkout_id: UUID) -> Subscription | None: ...

    def add(self, subscription: Subscription, *, now: datetime) -> None: ...

    def save(self, subscription: Subscription) -> None:
        """Row and recorded events together."""
        ...


class EntitlementRepository(Protocol):
    def take(self, customer_id: UUID, feature: str) -> Entitlement:
        """Locked until the transaction ends; made where there is none yet."""
        ...

    def save(self, entitlement: Entitlement) -> None:
        """Rows and recorded events together."""
        ...


class Revenue(Protocol):
    def defer(self, *, cause: str, net: Money, earned_at: datetime) -> None:
        """Keep in mind that a payment's net becomes revenue then."""
        ...

    def revoke(self, *, cause: str, now: datetime) -> None:
        """It was taken back: what of it has not become revenue never does."""
        ...


class Invoices(Protocol):
    def issue(
        self, *, checkout: Checkout, payment: Payment, cause: str, tax: Tax, now: datetime
    ) -> None:
        """With the next number of this year; the same transaction holds the counter."""
        ...


class NoticeRefused(Unauthenticated):
    """`why` is unsigned, altered or stale."""

    code = "webhook_refused"
    message = "This webhook is not believed: {why}."


class MalformedNotice(ValueError):
    """Signed, and still not what a webhook looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a provider is asked to take: `due` now, `renewal` each `months` for a subscription.

    `first` is the first payment of all, after a trial where there is one: a voucher counts there.
    """

    checkout_id: UUID
    customer_id: UUID
    description: str
    due: Money
    first: Money
    renewal: Money
    months: int
    trial_days: int
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Where the buyer pays."""

    ref: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """`status` is open, paid or expired; `reference` is our checkout's id."""

    ref: str
    reference: str
    status: str
    payment: Payment | None = None
    subscription_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeState:
    """Money that was taken; `payment` is what it paid, under the name that it has elsewhere."""

    ref: str
    reference: str
    payment: Payment
    subscription_ref: str | None
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a webhook tells: that something happened about an object, which is then asked for.

    `about` is checkout, subscription, charge, or none for what we have no use for.
    """

    ref: str
    kind: str
    about: str
    object_ref: str


class Provider(Protocol):
    """The other side. Asked outside transactions only. What fails raises PaymentsUnavailable."""

    @property
    def name(self) -> str: ...

    def create_checkout(self, order: Order, *, now: datetime) -> Session:
        """The same for the same checkout, however often it is asked for."""
        ...

    def verify(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Notice:
        """Raises NoticeRefused, MalformedNotice."""
        ...

    def fetch_checkout(self, ref: str) -> SessionState | None: ...

    def fetch_subscription(self, ref: str) -> Snapshot | None: ...

    def fetch_charge(self, ref: str) -> ChargeState | None: ...

    def cancel(self, ref: str, *, at_once: bool, now: datetime) -> Snapshot: ...
