"""Lesson credits as they were given, and what each is worth."""

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
        """Whether somebody's money stood behind it."""
        return self is not GrantKind.PROMOTIONAL


@dataclass(kw_only=True, eq=False, slots=True)
class Grant:
    """Credits with one origin and one expiry, counted in hundredths.

    `value` is the net worth of all of them: what was paid, or what a promotion will pay. Of a
    grant whose money was taken back (`revoked_at`) nothing can be held or given back any more.
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
        """Whether somebody's money still stands behind it."""
        return self.kind.is_paid_for and not self.is_revoked

    @property
    def worth(self) -> Money:
        """What is left of its value: of what is available and of what is held."""
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
        """Use up held credits; gives what they were worth."""
        worth = self._worth_of_next(amount)
        self.held -= amount
        self.spent += amount
        return worth

    def expire(self) -> tuple[int, Money]:
        """Drop what is available; gives how much that was, and its worth."""
        amount = self.available
        worth = self._worth_of_next(amount)
        self.available = 0
        self.expired += amount
        return amount, worth

    def _worth_of_next(self, amount: int) -> Money:
        # Differences of a running share: the parts of a price sum to it, whatever they are.
        gone = self.spent + self.expired
        after = self.value.minor * (gone + amount) // self.granted
        return Money(after - self.value.minor * gone // self.granted, self.value.currency)


class HoldState(StrEnum):
    """A hold is held until it expires, firm once its lesson stands, and settled for good."""

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
    """What a hold has of one grant, in hundredths; `spent` of it were used up."""

    grant_id: UUID
    amount: int
    spent: int = 0


@dataclass(kw_only=True, eq=False, slots=True)
class Hold:
    """A credit set aside for a lesson. `round` counts how often it had to be taken."""

    id: UUID
    state: HoldState = HoldState.EXPIRED
    expires_at: datetime | None = None
    held_at: datetime | None = None
    round: int = 0
    parts: list[Part] = field(default_factory=list)

    @property
    def amount(self) -> int:
        return sum(part.amount for part in self.parts)

    def lapses(self, now: datetime) -> bool:
        return self.state is HoldState.HELD and (
            self.expires_at is not None and self.expires_at <= now
        )
