"""Synthetic customers, some with Premium, and the credits of their lessons."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.adapters.catalog_rules import DEFAULT_CURRENCY
from contexts.billing.adapters.ledger import account_ids, account_row
from contexts.billing.adapters.terms import ShippedTerms
from contexts.billing.adapters.wallets import grant_row, hold_row
from contexts.billing.domain.accounts import ONE_CREDIT
from contexts.billing.domain.entitlements import PREMIUM
from contexts.billing.domain.grants import Grant, GrantKind
from contexts.billing.domain.ledger import Owner, Transaction
from contexts.billing.domain.wallets import Wallet
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.filling import Row, fill, fill_with
from contexts.shared.kernel import Money, new_id
from contexts.shared.people.made_up import MadeUpPerson, made_up_id, unknown

_GRANT = 31
_CREDITS = 3
_GIFT = "gift"
_CREDITS_LAST = timedelta(days=365)
_GIVEN_BEFORE = timedelta(days=60)
_TERMS = ShippedTerms()


def fabricate(people: Sequence[MadeUpPerson], *, now: datetime) -> int:
    """Store customers, entitlements and wallets with their ledger. Return the number of rows."""
    using = alias_of("billing")
    new, write = unknown(people, rows.Customer, using=using), partial(fill, using=using)
    wallets = [_wallet(one, now) for one in new if one.is_active]
    return (
        write(
            rows.Customer,
            ("id", "display_name", "country", "interface_language"),
            ((one.id, one.name, one.country, one.native) for one in new),
        )
        + _entitlements([one for one in new if one.premium_until], now, using=using)
        + _wallets(wallets, using=using)
        + _posted([posted for wallet in wallets for posted in wallet.posted], using=using)
    )


def _entitlements(people: Sequence[MadeUpPerson], now: datetime, *, using: str) -> int:
    count = fill(
        rows.Entitlement,
        ("customer_id", "until"),
        ((one.id, one.premium_until) for one in people),
        using=using,
        feature=PREMIUM,
        revision=1,
    )
    mine = rows.Entitlement.objects.using(using).filter(customer_id__in=[p.id for p in people])
    ids = dict(mine.filter(feature=PREMIUM).values_list("customer_id", "pk"))
    sources = ((ids[p.id], f"{_GIFT}:{p.id}", p.premium_until) for p in people)
    columns = ("entitlement_id", "source", "ends_at")
    return count + fill(
        rows.EntitlementSource, columns, sources, using=using, kind=_GIFT, starts_at=now
    )


def _wallet(one: MadeUpPerson, now: datetime) -> Wallet:
    """Return a wallet with free credits, and the holds of its lessons."""
    wallet, given_at = Wallet(customer_id=one.id), now - _GIVEN_BEFORE
    wallet.grant(_grant(one, given_at), now=given_at)
    for lesson in one.lessons:
        at = min(now, lesson.starts_at)
        wallet.hold(lesson.id, expires_at=lesson.starts_at, now=at - timedelta(days=5))
        wallet.confirm(lesson.id, now=at - timedelta(days=5))
        if lesson.took_place:
            wallet.settle(
                lesson.id,
                spent_percent=100,
                tutor_id=lesson.tutor_id,
                pay=_pay(now),
                keep_until=None,
                now=lesson.ends_at,
            )
    return wallet


def _pay(now: datetime) -> Money:
    price = _TERMS.list_price(DEFAULT_CURRENCY, now=now)
    return price.pay(ONE_CREDIT, commission=_TERMS.commission(now=now))


def _grant(one: MadeUpPerson, at: datetime) -> Grant:
    return Grant(
        id=made_up_id(one.seed, _GRANT, one.number),
        source=f"fabricated:{one.id}",
        kind=GrantKind.PROMOTIONAL,
        granted=_CREDITS * ONE_CREDIT,
        available=_CREDITS * ONE_CREDIT,
        value=_TERMS.promotion(_CREDITS),
        granted_at=at,
        expires_at=at + _CREDITS_LAST,
    )


def _wallets(wallets: Sequence[Wallet], *, using: str) -> int:
    write = partial(fill_with, using=using)
    grants = [(wallet, grant) for wallet in wallets for grant in wallet.grants.values()]
    holds = [(wallet, hold) for wallet in wallets for hold in wallet.holds.values()]
    return (
        write([_wallet_row(wallet) for wallet in wallets])
        + write([grant_row(wallet, grant) for wallet, grant in grants])
        + write([hold_row(wallet, hold) for wallet, hold in holds])
        + write(
            [
                rows.HeldPart(
                    hold_id=hold.id, grant_id=part.grant_id, amount=part.amount, spent=part.spent
                )
                for _, hold in holds
                for part in hold.parts
            ]
        )
    )


def _wallet_row(wallet: Wallet) -> rows.Wallet:
    return rows.Wallet(customer_id=wallet.customer_id, available=wallet.available, held=wallet.held)


def _posted(posted: Sequence[Transaction], *, using: str) -> int:
    accounts = {posting.account.key: posting.account for one in posted for posting in one.postings}
    own = [one for one in accounts.values() if one.owner is Owner.CUSTOMER]
    shared = [one for one in accounts.values() if one.owner is not Owner.CUSTOMER]
    # Accounts of new customers cannot exist yet. The others may.
    ids = account_ids(shared) if shared else {}
    customers = [account_row(one) for one in own]
    ids |= {row.key: row.pk for row in customers}
    batch = [(new_id(), one) for one in posted]
    return (
        fill_with(customers, using=using)
        + fill(
            rows.LedgerTransaction,
            ("id", "cause", "kind", "occurred_at"),
            ((id_, one.cause, one.kind, one.occurred_at) for id_, one in batch),
            using=using,
        )
        + fill(
            rows.LedgerEntry,
            ("transaction_id", "account_id", "minor"),
            _entries(batch, ids),
            using=using,
        )
    )


def _entries(batch: Sequence[tuple[UUID, Transaction]], ids: dict[str, UUID]) -> Iterator[Row]:
    for id_, one in batch:
        for posting in one.postings:
            yield id_, ids[posting.account.key], posting.minor
