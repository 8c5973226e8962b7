"""Payment providers: the port, and the terms of its requests and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.billing.domain.checkouts import Checkout
from contexts.billing.domain.evidence import Evidence
from contexts.billing.domain.prices import Product
from contexts.billing.domain.subscriptions import Payment, Snapshot
from contexts.shared.kernel import Money, Unauthenticated


class NoticeRefused(Unauthenticated):
    """A webhook's signature does not hold. `why` is unsigned, altered or stale."""

    code = "webhook_refused"
    message = "The signature of this webhook is not valid: {why}."


class CardRefused(Exception):
    """The bank refused to charge a card that it had let the buyer give."""


class MalformedNotice(ValueError):
    """A signed body that is not a webhook of the provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request for money: `due` now and, for a subscription, `renewal` every `months`.

    `first` is the first payment, after the trial if there is one. A voucher reduces it alone.
    `page` counts the pages of a checkout, and `quote` its prices: a repeated call with the same
    numbers does nothing twice.
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
    product: str = ""
    country: str = ""
    page: int = 1
    quote: int = 1

    @property
    def key(self) -> str:
        """The key of the page: the checkout's id, with a number from the second page on."""
        return str(self.checkout_id) if self.page == 1 else f"{self.checkout_id}:{self.page}"


def order_of(checkout: Checkout, product: Product, *, description: str) -> Order:
    """Return the order that asks a provider for a checkout's money."""
    renewal = checkout.price if product.is_subscription else Money(0, checkout.price.currency)
    return Order(
        checkout_id=checkout.id,
        customer_id=checkout.customer_id,
        description=description,
        due=checkout.due,
        first=checkout.amount,
        renewal=renewal,
        months=product.months,
        trial_days=checkout.trial_days,
        language=checkout.language,
        product=product.code,
        country=checkout.country,
        page=checkout.pages,
        quote=checkout.quotes,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The provider's page on which the buyer pays."""

    ref: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """`reference` is our checkout's id. `status` is open, authorized, paid or expired.

    Authorized: the buyer gave a card, and nothing was charged. `evidence` has what it says.
    """

    ref: str
    reference: str
    status: str
    payment: Payment | None = None
    subscription_ref: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeState:
    """Money that the provider took. `payment` has the `ref` that the ledger knows it by."""

    ref: str
    reference: str
    payment: Payment
    subscription_ref: str | None
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A webhook: something happened to an object, whose state is then fetched.

    `about` is checkout, subscription, charge, or none for kinds that are ignored.
    """

    ref: str
    kind: str
    about: str
    object_ref: str


class Provider(Protocol):
    """A payment provider. Called outside transactions only. Failures raise PaymentsUnavailable."""

    @property
    def name(self) -> str: ...

    def create_checkout(self, order: Order, *, now: datetime) -> Session:
        """Create the page to pay on. A repeated call for a checkout returns the same page."""
        ...

    def verify(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Notice:
        """Raises NoticeRefused, MalformedNotice."""
        ...

    def fetch_checkout(self, ref: str) -> SessionState | None: ...

    def fetch_subscription(self, ref: str) -> Snapshot | None: ...

    def fetch_charge(self, ref: str) -> ChargeState | None: ...

    def expire_checkout(self, ref: str, *, now: datetime) -> SessionState | None:
        """Close a page and release a card that it holds. Return its state: it may be paid."""
        ...

    def capture(self, ref: str, order: Order, *, now: datetime) -> SessionState:
        """Charge the card of an authorized page by an order, whose price may be another now.

        A repeated call charges nothing twice. Return the state: paid, or expired if it was
        released. Raises CardRefused, and the card is released then.
        """
        ...

    def refund(self, payment_ref: str, *, key: str, now: datetime) -> None:
        """Give all of a payment back. A repeated call under a key gives nothing twice."""
        ...

    def resume(self, ref: str, *, now: datetime) -> Snapshot:
        """Withdraw a cancellation that has not taken effect."""
        ...

    def due_page(self, ref: str, *, now: datetime) -> str | None:
        """Return the page on which what is due can be paid by another card, None if nothing is."""
        ...

    def cancel(self, ref: str, *, at_once: bool, now: datetime) -> Snapshot: ...
