"""Billing's ports on rows in memory, and its use cases on these ports."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from contexts.billing.application.checkouts import Checkouts
from contexts.billing.application.disputes import Disputes
from contexts.billing.application.fulfillment import Fulfillment
from contexts.billing.application.payments import Payments
from contexts.billing.application.ports import Buyer
from contexts.billing.application.refunds import Refunds
from contexts.billing.application.subscriptions import Subscriptions
from contexts.billing.application.vouchers import Vouchers
from contexts.billing.application.wallets import Wallets
from contexts.billing.domain import accounts
from contexts.billing.domain.checkouts import Checkout, CheckoutNotFound
from contexts.billing.domain.commission import Commission
from contexts.billing.domain.entitlements import Entitlement
from contexts.billing.domain.ledger import AlreadyPosted, Transaction, balances, transfer
from contexts.billing.domain.pay import ListPrice
from contexts.billing.domain.prices import Offer, Product, Tax, UnknownProduct
from contexts.billing.domain.subscriptions import Payment, Subscription, SubscriptionNotFound
from contexts.billing.domain.vouchers import Voucher, VoucherRefused
from contexts.billing.domain.wallets import HoldNotFound, Wallet
from contexts.shared.kernel import Event, Money

PRICES = {"lessons-5": 7000, "premium-monthly": 999}
PRODUCTS = {
    "lessons-5": Product(
        code="lessons-5",
        kind="credits",
        feature="",
        months=0,
        trial_days=0,
        credits=5,
        expires_days=180,
    ),
    "premium-monthly": Product(
        code="premium-monthly",
        kind="subscription",
        feature="premium",
        months=1,
        trial_days=7,
        credits=0,
        expires_days=None,
    ),
}


@dataclass
class Rows:
    """All that billing stores."""

    checkouts: dict[UUID, Checkout] = field(default_factory=dict)
    subscriptions: dict[UUID, Subscription] = field(default_factory=dict)
    entitlements: dict[tuple[UUID, str], Entitlement] = field(default_factory=dict)
    wallets: dict[UUID, Wallet] = field(default_factory=dict)
    vouchers: dict[str, Voucher] = field(default_factory=dict)
    uses: dict[tuple[str, UUID], UUID | None] = field(default_factory=dict)
    posted: dict[str, Transaction] = field(default_factory=dict)
    invoices: list[tuple[int, str]] = field(default_factory=list)
    deferred: dict[str, Money] = field(default_factory=dict)
    refunds: list[tuple[str, str]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def save(self, aggregate: Any) -> Any:
        """Record the events of an aggregate and return a copy to store."""
        self.events += aggregate.collect_events()
        return deepcopy(aggregate)


@dataclass
class FakeLedger:
    rows: Rows

    def post(self, transactions: Iterable[Transaction]) -> None:
        for one in transactions:
            if one.cause in self.rows.posted:
                raise AlreadyPosted
            self.rows.posted[one.cause] = one

    def has(self, cause: str) -> bool:
        return cause in self.rows.posted


@dataclass
class FakeWallets:
    rows: Rows

    def open(self, customer_id: UUID) -> Wallet:
        return deepcopy(self.rows.wallets.setdefault(customer_id, Wallet(customer_id=customer_id)))

    def find(self, customer_id: UUID, *, hold_id: UUID | None = None) -> Wallet | None:
        others = (each for owner, each in self.rows.wallets.items() if owner != customer_id)
        if customer_id in self.rows.wallets and any(hold_id in each.holds for each in others):
            raise HoldNotFound
        return deepcopy(self.rows.wallets.get(customer_id))

    def has_grant(self, source: str) -> bool:
        return any(
            grant.source == source
            for wallet in self.rows.wallets.values()
            for grant in wallet.grants.values()
        )

    def save(self, wallet: Wallet) -> None:
        FakeLedger(self.rows).post(wallet.posted)
        wallet.posted.clear()
        self.rows.wallets[wallet.customer_id] = self.rows.save(wallet)

    def announce(self, events: Iterable[Event]) -> None:
        self.rows.events += events


class FakeTerms:
    """A fifth of commission, 21 % of tax in Spain, ten euros a lesson from promotions."""

    def commission(self, *, now: datetime) -> Commission:
        return Commission(version="v1", valid_from=date.min, basis_points=2000)

    def list_price(self, currency: str, *, now: datetime) -> ListPrice:
        return ListPrice(valid_from=date.min, price=Money(1000, currency))

    def tax(self, country: str, *, now: datetime) -> Tax:
        rate = 2100 if country == "ES" else 0
        return Tax(country=country, valid_from=date.min, basis_points=rate)

    def promotion(self, credits: int) -> Money:  # noqa: A002 - the word of the trade
        return Money(1000 * credits, "EUR")


class FakePayees:
    """Everybody is paid in euros."""

    def currency_of(self, tutor_id: UUID) -> str:
        return "EUR"


@dataclass
class FakeRefunds:
    rows: Rows

    def add(self, checkout: Checkout, payment: Payment, *, reason: str, now: datetime) -> None:
        self.rows.refunds.append((payment.ref, reason))


class FakeCustomers:
    def buyer(self, customer_id: UUID) -> Buyer:
        return Buyer(country="ES", language="es")


class FakeCatalog:
    def offer(self, product: str, *, country: str, now: datetime) -> Offer:
        if product not in PRODUCTS:
            raise UnknownProduct(product=product)
        price = Money(PRICES[product], "EUR")
        return Offer(product=PRODUCTS[product], price_id=UUID(int=1), price=price)

    def product(self, code: str) -> Product:
        return PRODUCTS[code]

    def name(self, code: str, *, language: str) -> str:
        return f"{code} in {language}"


@dataclass
class FakeVouchers:
    rows: Rows

    def take(self, code: str) -> Voucher:
        if code not in self.rows.vouchers:
            raise VoucherRefused(why="unknown")
        return deepcopy(self.rows.vouchers[code])

    def used_by(self, code: str, customer_id: UUID) -> bool:
        return (code, customer_id) in self.rows.uses

    def save_use(
        self, voucher: Voucher, *, customer_id: UUID, checkout_id: UUID | None, now: datetime
    ) -> None:
        self.rows.vouchers[voucher.code] = deepcopy(voucher)
        self.rows.uses[voucher.code, customer_id] = checkout_id

    def give_back(self, code: str, *, checkout_id: UUID) -> None:
        mine = [use for use, bought in self.rows.uses.items() if bought == checkout_id]
        for use in mine:
            del self.rows.uses[use]
        self.rows.vouchers[code].used -= len(mine)


@dataclass
class FakeCheckouts:
    rows: Rows

    def add(self, checkout: Checkout, *, price_id: UUID) -> None:
        self.rows.checkouts[checkout.id] = deepcopy(checkout)

    def take(self, checkout_id: UUID) -> Checkout:
        if checkout_id not in self.rows.checkouts:
            raise CheckoutNotFound
        return deepcopy(self.rows.checkouts[checkout_id])

    def take_of(self, subscription_id: UUID) -> Checkout:
        for one in self.rows.subscriptions.values():
            if one.id == subscription_id:
                return self.take(one.checkout_id)
        raise SubscriptionNotFound

    def save(self, checkout: Checkout, *, now: datetime) -> None:
        self.rows.checkouts[checkout.id] = deepcopy(checkout)


@dataclass
class FakeSubscriptions:
    rows: Rows

    def has_live(self, customer_id: UUID, *, feature: str) -> bool:
        return any(one.state.is_live and one.feature == feature for one in self._of(customer_id))

    def had_any(self, customer_id: UUID) -> bool:
        return bool(self._of(customer_id))

    def of(self, checkout_id: UUID) -> Subscription | None:
        return deepcopy(self.rows.subscriptions.get(checkout_id))

    def add(self, subscription: Subscription, *, now: datetime) -> None:
        # Its events are stored when it is saved, as in the database.
        self.rows.subscriptions[subscription.checkout_id] = deepcopy(subscription)

    def save(self, subscription: Subscription) -> None:
        self.rows.subscriptions[subscription.checkout_id] = self.rows.save(subscription)

    def _of(self, customer_id: UUID) -> list[Subscription]:
        return [one for one in self.rows.subscriptions.values() if one.customer_id == customer_id]


@dataclass
class FakeEntitlements:
    rows: Rows

    def take(self, customer_id: UUID, feature: str) -> Entitlement:
        fresh = Entitlement(customer_id=customer_id, feature=feature)
        return deepcopy(self.rows.entitlements.setdefault((customer_id, feature), fresh))

    def save(self, entitlement: Entitlement) -> None:
        key = entitlement.customer_id, entitlement.feature
        self.rows.entitlements[key] = self.rows.save(entitlement)


@dataclass
class FakeRevenue:
    rows: Rows

    def defer(self, *, cause: str, net: Money, earned_at: datetime) -> None:
        self.rows.deferred[cause] = net

    def drop(self, *, cause: str) -> None:
        self.rows.deferred.pop(cause, None)

    def revoke(self, *, cause: str, now: datetime) -> None:
        net = self.rows.deferred.pop(cause, None)
        if net is not None:
            given_up = transfer(
                cause=f"revoked:{cause}",
                kind="revoked",
                minor=net.minor,
                source=accounts.revoked(net.currency),
                target=accounts.deferred_revenue(net.currency),
                at=now,
            )
            FakeLedger(self.rows).post([given_up])


@dataclass
class FakeInvoices:
    rows: Rows

    def issue(
        self, *, checkout: Checkout, payment: Payment, cause: str, tax: Tax, now: datetime
    ) -> None:
        self.rows.invoices.append((len(self.rows.invoices) + 1, cause))

    def correct(self, *, of: str, cause: str, now: datetime) -> None:
        self.rows.invoices.append((len(self.rows.invoices) + 1, cause))


class Billing:
    """All use cases of billing on the same rows."""

    def __init__(self) -> None:
        self.rows = rows = Rows()
        self.ledger, self.revenue, terms = FakeLedger(rows), FakeRevenue(rows), FakeTerms()
        checkouts, wallets = FakeCheckouts(rows), FakeWallets(rows)
        self.payments = Payments(
            ledger=self.ledger, invoices=FakeInvoices(rows), revenue=self.revenue, terms=terms
        )
        self.fulfillment = Fulfillment(
            catalog=FakeCatalog(),
            checkouts=checkouts,
            subscriptions=FakeSubscriptions(rows),
            entitlements=FakeEntitlements(rows),
            wallets=wallets,
            payments=self.payments,
            refunds=Refunds(
                ledger=self.ledger,
                invoices=FakeInvoices(rows),
                revenue=self.revenue,
                refunds=FakeRefunds(rows),
                terms=terms,
            ),
        )
        self.checkouts = Checkouts(
            customers=FakeCustomers(),
            catalog=FakeCatalog(),
            vouchers=FakeVouchers(rows),
            checkouts=checkouts,
            subscriptions=FakeSubscriptions(rows),
            fulfillment=self.fulfillment,
        )
        self.disputes = Disputes(
            fulfillment=self.fulfillment,
            checkouts=checkouts,
            wallets=wallets,
            ledger=self.ledger,
            revenue=self.revenue,
        )
        self.subscriptions = Subscriptions(
            checkouts=checkouts, subscriptions=FakeSubscriptions(rows)
        )
        self.vouchers = Vouchers(vouchers=FakeVouchers(rows), entitlements=FakeEntitlements(rows))
        self.wallets = Wallets(wallets=wallets, terms=terms, payees=FakePayees())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Undo all changes of rows if the block raises."""
        before = deepcopy(vars(self.rows))
        try:
            yield
        except BaseException:
            vars(self.rows).update(before)
            raise

    def balances(self) -> dict[str, int]:
        """Return the money in each account, in minor units. Empty accounts are omitted."""
        found = balances(self.rows.posted.values())
        money = {each.code: minor for each, minor in found.items() if each.currency == "EUR"}
        return {code: minor for code, minor in money.items() if minor}


def voucher(code: str = "HALF", **columns: Any) -> Voucher:
    """Return a voucher of half the price, for ten people, unless the columns say otherwise."""
    half: dict[str, Any] = {
        "kind": "percent",
        "percent": 50,
        "minor": 0,
        "currency": "",
        "days": 0,
        "max_uses": 10,
        "used": 0,
        "valid_from": datetime(2026, 1, 1, tzinfo=UTC),
        "valid_until": None,
    }
    return Voucher(code=code, **half | columns)
