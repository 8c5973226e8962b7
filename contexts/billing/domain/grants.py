"""Grants of lesson credits with their worth, and the holds on them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contexts.shared.kernel import Money


class GrantKind(StrEnum):
    PURCHASED = "purchased"
    GIFT = "gift"
    PROMOTIONAL = "promotional"

    @property
    def is_paid_for(self) -> bool:
        """Return whether the credits were paid for."""
        return self is not GrantKind.PROMOTIONAL


@dataclass(kw_only=True, eq=False, slots=True)
class Grant:
    """Credits with one origin and one expiry, counted in hundredths.

    `value` is the net worth of all of them: what was paid, or what a promotion will pay. After
    a dispute of the payment (`revoked_at`), none of them can be held or released any more.
    """

    id: UUID
    source: str
    kind: GrantKind
    granted: int
    value: Money
    expires_at: datetime | None
    granted_at: datetime
    available: int
    held: int = 0
    spent: int = 0
    expired: int = 0
    revoked_at: datetime | None = None

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_owed_for(self) -> bool:
        """Return whether the credits are paid for and not revoked."""
        return self.kind.is_paid_for and not self.is_revoked

    @property
    def worth(self) -> Money:
        """The worth of the credits that are available or held."""
        return self._worth_of_next(self.available + self.held)

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now

    def hold(self, amount: int) -> None:
        self.available -= amount
        self.held += amount

    def release(self, amount: int) -> None:
        self.held -= amount
        self.available += amount

    def spend(self, amount: int) -> Money:
        """Spend held credits. Return their worth."""
        worth = self._worth_of_next(amount)
        self.held -= amount
        self.spent += amount
        return worth

    def expire(self) -> tuple[int, Money]:
        """Drop the available credits. Return their amount and worth."""
        amount = self.available
        worth = self._worth_of_next(amount)
        self.available = 0
        self.expired += amount
        return amount, worth

    def _worth_of_next(self, amount: int) -> Money:
        # As differences of a running share, the parts always sum to the price.
        gone = self.spent + self.expired
        after = self.value.minor * (gone + amount) // self.granted
        return Money(after - self.value.minor * gone // self.granted, self.value.currency)


class HoldState(StrEnum):
    """A hold is held until it expires, firm once its lesson is booked, and settled for good."""

    HELD = "held"
    FIRM = "firm"
    EXPIRED = "expired"
    LOST = "lost"
    SETTLED = "settled"

    @property
    def is_open(self) -> bool:
        return self in {HoldState.HELD, HoldState.FIRM}


@dataclass(kw_only=True, slots=True)
class Part:
    """A hold's part of one grant, in hundredths, of which `spent` were spent."""

    grant_id: UUID
    amount: int
    spent: int = 0


@dataclass(kw_only=True, eq=False, slots=True)
class Hold:
    """Credit reserved for a lesson. `round` counts how often it was reserved.

    `wanted` is its amount in hundredths, and `pay` what the tutor earns by all of it, both agreed
    at booking. Holds of earlier releases have no `pay`.
    """

    id: UUID
    state: HoldState = HoldState.EXPIRED
    expires_at: datetime | None = None
    held_at: datetime | None = None
    round: int = 0
    wanted: int = 100
    pay: Money | None = None
    parts: list[Part] = field(default_factory=list)

    @property
    def amount(self) -> int:
        return sum(part.amount for part in self.parts)

    def lapses(self, now: datetime) -> bool:
        return self.state is HoldState.HELD and (
            self.expires_at is not None and self.expires_at <= now
        )
