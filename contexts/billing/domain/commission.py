"""The platform's share of a lesson's worth."""

from dataclasses import dataclass
from datetime import date

from contexts.shared.kernel import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """A share in hundredths of a percent, from a day of the seller's zone on."""

    version: str
    valid_from: date
    basis_points: int

    def of(self, worth: Money) -> Money:
        """Return the platform's part, rounded down. The rest is the tutor's."""
        return Money(worth.minor * self.basis_points // 10_000, worth.currency)
