"""The double-entry ledger. Each transaction sums to zero and never changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contexts.shared.kernel import Conflict


class Owner(StrEnum):
    """The kind of an account's owner. The platform has one account per code and currency."""

    PLATFORM = "platform"
    CUSTOMER = "customer"
    TUTOR = "tutor"


class Unbalanced(ValueError):
    """The postings of a transaction do not sum to zero."""


class AlreadyPosted(Conflict):
    code = "already_posted"
    message = "This was posted before."


@dataclass(frozen=True, slots=True)
class Account:
    """`currency` is an ISO 4217 code, or XLC for lesson credits (100 minor units are one)."""

    owner: Owner
    code: str
    currency: str
    holder_id: UUID | None = None

    @property
    def key(self) -> str:
        """The unique key of the account."""
        return f"{self.owner}:{self.code}:{self.holder_id or '-'}:{self.currency}"


@dataclass(frozen=True, slots=True)
class Posting:
    """`minor` units into an account, or out of it if negative."""

    account: Account
    minor: int

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError("a ledger counts in whole minor units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """Postings that belong together. Each `cause` is posted once, ever.

    Raises Unbalanced unless they sum to zero in each currency.
    """

    cause: str
    kind: str
    postings: tuple[Posting, ...]
    occurred_at: datetime

    def __post_init__(self) -> None:
        off = {currency: sum_ for currency, sum_ in sums(self.postings).items() if sum_}
        if off or not self.postings:
            raise Unbalanced(f"{self.cause}: {off or 'no postings'}")


def moving(*postings: Posting) -> tuple[Posting, ...]:
    """Return the postings that are not zero."""
    return tuple(posting for posting in postings if posting.minor)


def sums(postings: Iterable[Posting]) -> dict[str, int]:
    """Return the sums of postings by currency."""
    totals: dict[str, int] = defaultdict(int)
    for posting in postings:
        totals[posting.account.currency] += posting.minor
    return dict(totals)


def balances(transactions: Iterable[Transaction]) -> dict[Account, int]:
    """Return the balance of each account after these transactions."""
    totals: dict[Account, int] = defaultdict(int)
    for posting in _postings(transactions):
        totals[posting.account] += posting.minor
    return dict(totals)


def transfer(
    *, cause: str, kind: str, minor: int, source: Account, target: Account, at: datetime
) -> Transaction:
    """Return a transaction from one account into another of the same currency."""
    postings = (Posting(source, -minor), Posting(target, minor))
    return Transaction(cause=cause, kind=kind, postings=postings, occurred_at=at)


def _postings(transactions: Iterable[Transaction]) -> Iterator[Posting]:
    for transaction in transactions:
        yield from transaction.postings
