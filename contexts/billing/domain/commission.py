"""What the platform keeps of a lesson's worth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from contexts.shared.kernel import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """A share in hundredths of a percent, from a day (UTC) on."""

    version: str
    valid_from: date
    basis_points: int

    def of(self, worth: Money) -> Money:
        """The platform's part, rounded down: what cannot be shared is the tutor's."""
        return Money(worth.minor * self.basis_points // 10_000, worth.currency)


def in_force(commissions: Iterable[Commission], *, now: datetime) -> Commission:
    """The newest that has begun. Raises ValueError when none has."""
    begun = [one for one in commissions if one.valid_from <= now.date()]
    return max(begun, key=lambda one: one.valid_from)
