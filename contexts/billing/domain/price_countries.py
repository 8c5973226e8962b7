"""The country that prices follow. A profile changes at will, what we believe of it does not.

Prices follow a changed profile twice in a year. Beyond that they follow a card: who has paid by a
card of a country in the last year has its prices as soon as the profile names it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

MOST_CHANGES = 2
WINDOW = timedelta(days=365)
UNPROVEN = "country_unproven"


@dataclass(kw_only=True, slots=True)
class PriceCountry:
    """`profile` is the profile's country that we followed last. `proven` has cards by country."""

    country: str = ""
    profile: str = ""
    changes: list[datetime] = field(default_factory=list)
    proven: dict[str, datetime] = field(default_factory=dict)

    def hint(self, profile: str, *, now: datetime) -> str | None:
        """Return why prices do not follow a profile, None if they do."""
        return None if self._may_follow(profile, now=now) else UNPROVEN

    def follow(self, profile: str, *, now: datetime) -> bool:
        """Follow a profile as far as prices may. Return whether anything changed."""
        if profile in {"", self.profile} or not self._may_follow(profile, now=now):
            return False
        if self.country not in {"", profile} and not self._is_proven(profile, now=now):
            self.changes = [*self._recent(now), now]
        self.country = self.profile = profile
        return True

    def prove(self, country: str, *, now: datetime) -> None:
        """Believe a card, which was charged in a country."""
        self.country = country
        self.proven = {**self.proven, country: now}

    def proven_at(self, country: str, *, now: datetime) -> datetime | None:
        """Return when a card proved a country within the last year."""
        return self.proven[country] if self._is_proven(country, now=now) else None

    def _may_follow(self, profile: str, *, now: datetime) -> bool:
        if profile in {"", self.profile, self.country} or not self.country:
            return True
        return self._is_proven(profile, now=now) or len(self._recent(now)) < MOST_CHANGES

    def _is_proven(self, country: str, *, now: datetime) -> bool:
        return country in self.proven and self.proven[country] > now - WINDOW

    def _recent(self, now: datetime) -> list[datetime]:
        return [one for one in self.changes if one > now - WINDOW]
