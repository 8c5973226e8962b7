"""All use cases of billing on rows in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from contexts.billing.application.checkouts import Checkouts
from contexts.billing.application.disputes import Disputes
from contexts.billing.application.fulfillment import Fulfillment
from contexts.billing.application.payments import Payments
from contexts.billing.application.quoting import Quoting
from contexts.billing.application.refunds import Refunds
from contexts.billing.application.subscriptions import Subscriptions
from contexts.billing.application.vouchers import Vouchers
from contexts.billing.application.wallets import Wallets
from contexts.billing.domain.ledger import balances
from tests.fakes.billing.catalog import FakeCatalog
from tests.fakes.billing.checkouts import FakeCheckouts, FakeCustomers, FakeEvidence
from tests.fakes.billing.ledger import FakeLedger, FakeRevenue
from tests.fakes.billing.payments import FakeInvoices, FakeRefunds
from tests.fakes.billing.rows import Rows
from tests.fakes.billing.subscriptions import FakeEntitlements, FakeSubscriptions
from tests.fakes.billing.terms import FakePayees, FakeTerms
from tests.fakes.billing.vouchers import FakeVouchers
from tests.fakes.billing.wallets import FakeWallets


class Billing:
    """All use cases of billing on the same rows."""

    def __init__(self) -> None:
        self.rows = rows = Rows()
        self.ledger, self.revenue, terms = FakeLedger(rows), FakeRevenue(rows), FakeTerms()
        checkouts, wallets = FakeCheckouts(rows), FakeWallets(rows)
        self.customers = FakeCustomers()
        self.payments = Payments(
            ledger=self.ledger,
            invoices=FakeInvoices(rows),
            revenue=self.revenue,
            terms=terms,
            customers=self.customers,
            evidence=FakeEvidence(rows),
        )
        self.fulfillment = Fulfillment(
            customers=self.customers,
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
        self.quoting = Quoting(
            customers=self.customers,
            catalog=FakeCatalog(),
            checkouts=checkouts,
            evidence=FakeEvidence(rows),
            vouchers=FakeVouchers(rows),
            terms=terms,
        )
        self.checkouts = Checkouts(
            customers=self.customers,
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
