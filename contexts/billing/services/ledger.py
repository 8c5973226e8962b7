"""The check of the ledger: all sums that must hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, Sum

from contexts.billing import models as rows
from contexts.billing.application.fulfillment import source_of
from contexts.billing.domain import accounts
from contexts.billing.domain.checkouts import CheckoutState
from contexts.billing.domain.subscriptions import SubscriptionState


@dataclass(frozen=True, slots=True)
class Finding:
    """A sum that is off, by how many minor units."""

    where: str
    off: int


def check_ledger() -> list[Finding]:
    """Return the sums that are off.

    Each currency and transaction sums to zero, and each wallet to its entries and grants. Cash is
    not negative, deferred revenue has its rows, and a disputed payment leaves no usable goods.
    """
    return [
        *_currencies(),
        *_transactions(),
        *_wallets(),
        *_grants(),
        *_cash(),
        *_deferred(),
        *_disputed_payments(),
        *_disputed_credits(),
        *_disputed_subscriptions(),
    ]


def _currencies() -> Iterator[Finding]:
    sums = rows.LedgerEntry.objects.values_list("account__currency").annotate(Sum("minor"))
    yield from (Finding(f"currency {currency}", sum_) for currency, sum_ in sums if sum_)


def _transactions() -> Iterator[Finding]:
    sums = rows.LedgerEntry.objects.values_list("transaction__cause", "account__currency")
    off = sums.annotate(sum_=Sum("minor")).exclude(sum_=0)
    yield from (Finding(f"transaction {cause} {currency}", sum_) for cause, currency, sum_ in off)


def _wallets() -> Iterator[Finding]:
    codes = (accounts.CREDITS_AVAILABLE, accounts.CREDITS_HELD)
    entries = rows.LedgerEntry.objects.filter(account__code__in=codes)
    posted: dict[tuple[UUID | None, str], int] = {
        (customer_id, code): sum_
        for customer_id, code, sum_ in entries.values_list(
            "account__customer_id", "account__code"
        ).annotate(Sum("minor"))
    }
    for wallet in rows.Wallet.objects.iterator():
        sums = {accounts.CREDITS_AVAILABLE: wallet.available, accounts.CREDITS_HELD: wallet.held}
        for code, amount in sums.items():
            off = amount - posted.pop((wallet.customer_id, code), 0)
            if off:
                yield Finding(f"wallet {wallet.customer_id} {code}", off)
    yield from (Finding(f"wallet {who} {code}", -sum_) for (who, code), sum_ in posted.items())


def _grants() -> Iterator[Finding]:
    sums = rows.Wallet.objects.annotate(
        granted_available=Sum("grants__available"), granted_held=Sum("grants__held")
    )
    for wallet in sums.iterator():
        off = wallet.available - (wallet.granted_available or 0)
        if off := off or wallet.held - (wallet.granted_held or 0):
            yield Finding(f"grants of {wallet.customer_id}", off)


def _cash() -> Iterator[Finding]:
    for currency, sum_ in _by_currency(accounts.CASH).items():
        if sum_ < 0:
            yield Finding(f"cash {currency}", sum_)


def _deferred() -> Iterator[Finding]:
    posted = _by_currency(accounts.DEFERRED_REVENUE)
    waiting = dict(rows.UnearnedRevenue.objects.values_list("currency").annotate(Sum("minor")))
    for currency in sorted(posted.keys() | waiting.keys()):
        if off := waiting.get(currency, 0) + posted.get(currency, 0):
            yield Finding(f"deferred revenue {currency}", off)


def _by_currency(code: str) -> dict[str, int]:
    entries = rows.LedgerEntry.objects.filter(account__code=code)
    return dict(entries.values_list("account__currency").annotate(Sum("minor")))


def _disputed_payments() -> Iterator[Finding]:
    """A disputed payment must have been booked when it was paid."""
    entries = rows.LedgerEntry.objects.filter(transaction__kind="disputed", minor__gt=0)
    taken_back = dict(entries.values_list("transaction__cause", "minor"))
    paid_by = {cause: cause.replace("disputed:", "payment:", 1) for cause in taken_back}
    payments = rows.LedgerTransaction.objects.filter(cause__in=paid_by.values())
    known = set(payments.values_list("cause", flat=True))
    for cause, minor in sorted(taken_back.items()):
        if paid_by[cause] not in known:
            yield Finding(f"transaction {cause} without its payment", minor)


def _disputed_credits() -> Iterator[Finding]:
    disputed = rows.Checkout.objects.filter(state=CheckoutState.DISPUTED.value)
    sources = [source_of(checkout_id) for checkout_id in disputed.values_list("pk", flat=True)]
    usable = Q(available__gt=0) | Q(held__gt=0, revoked_at=None)
    bought = rows.CreditGrant.objects.filter(usable, source__in=sources).order_by("pk")
    for grant_id, available, held in bought.values_list("pk", "available", "held"):
        yield Finding(f"grant {grant_id} of a disputed payment", available + held)


def _disputed_subscriptions() -> Iterator[Finding]:
    live = rows.Subscription.objects.exclude(state=SubscriptionState.EXPIRED.value)
    disputed = live.filter(checkout__state=CheckoutState.DISPUTED.value)
    for subscription_id, minor in disputed.values_list("pk", "checkout__amount_minor"):
        yield Finding(f"subscription {subscription_id} of a disputed payment", minor)
