"""Wallets of lesson credits: granted, held for lessons, spent or released, expired."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from contexts.billing.domain import accounts
from contexts.billing.domain.grants import Grant, Hold, HoldState, Part
from contexts.billing.domain.wallet_book import WalletBook
from contexts.billing.events import HoldLost
from contexts.shared.kernel import Conflict, Money, NotFound

_NEVER = datetime.max.replace(tzinfo=UTC)


class NotEnoughCredits(Conflict):
    code = "not_enough_credits"
    message = "Your lesson credits do not cover this lesson. Buy credits to book."


class HoldNotFound(NotFound):
    code = "hold_not_found"
    message = "You have no such credit hold."


class HoldSettled(Conflict):
    code = "hold_settled"
    message = "The credit of this lesson is settled already."


class Wallet(WalletBook):
    """Credits that are granted, held for lessons, spent or released, and expire."""

    def grant(self, grant: Grant, *, now: datetime) -> None:
        """Add a grant."""
        self.grants[grant.id] = grant
        self.changed_grants.add(grant.id)
        self._move(
            f"granted:{grant.source}",
            "credits_granted",
            grant.granted,
            source=accounts.credits_issued(),
            target=self._available,
            at=now,
        )

    def hold(
        self,
        hold_id: UUID,
        *,
        amount: int = accounts.ONE_CREDIT,
        pay: Money | None = None,
        expires_at: datetime,
        now: datetime,
    ) -> None:
        """Hold credit for a lesson, and agree on the tutor's pay. Does nothing if the hold is open.

        Raises NotEnoughCredits, HoldSettled.
        """
        self.expire(now=now)
        hold = self._hold(hold_id)
        if hold.state.is_open:
            return
        if hold.state is not HoldState.EXPIRED:
            raise HoldSettled
        if not hold.round:
            hold.wanted, hold.pay = amount, pay
        self._take(hold, now=now)
        hold.state, hold.expires_at = HoldState.HELD, expires_at

    def confirm(self, hold_id: UUID, *, amount: int = accounts.ONE_CREDIT, now: datetime) -> None:
        """Make a hold firm, so that it no longer expires.

        An expired hold takes credit again. Without enough credit, the hold is lost.
        """
        hold = self._hold(hold_id)
        if hold.state is HoldState.EXPIRED:
            self.expire(now=now)
            hold.wanted = hold.wanted if hold.round else amount
            if not self._can_take(hold, now):
                hold.state = HoldState.LOST
                self.changed_holds.add(hold.id)
                self.record(
                    HoldLost(occurred_at=now, hold_id=hold_id, customer_id=self.customer_id)
                )
                return
            self._take(hold, now=now)
        if hold.state in {HoldState.HELD, HoldState.EXPIRED}:
            hold.state, hold.expires_at = HoldState.FIRM, None
            self.changed_holds.add(hold.id)

    def settle(
        self,
        hold_id: UUID,
        *,
        spent_percent: int,
        tutor_id: UUID,
        pay: Money,
        keep_until: datetime | None,
        now: datetime,
    ) -> None:
        """Spend a share of a held credit for good, and release the rest.

        The tutor earns that share of the pay agreed at booking, or of `pay` if none was. Credits
        that expired while held can be used until `keep_until`. An expired hold takes credit again
        if a share is to be spent. Without enough credit, nothing is spent.
        """
        hold = self._hold(hold_id)
        if hold.state is HoldState.SETTLED:
            return
        if not hold.state.is_open and spent_percent:
            self.expire(now=now)
            if self._can_take(hold, now):
                self._take(hold, now=now)
                hold.state = HoldState.FIRM
        if hold.state.is_open:
            hold.pay = hold.pay or pay
            self._spend(hold, percent=spent_percent, at=now, tutor_id=tutor_id)
            self._release(hold, cause=f"released:{hold.id}", keep_until=keep_until, at=now)
        hold.state, hold.expires_at = HoldState.SETTLED, None
        self.changed_holds.add(hold.id)

    def revoke(self, source: str, *, now: datetime) -> None:
        """Revoke a grant after a dispute: drop its credits, now and when they are released.

        Lessons that hold them stay booked. The buyer is owed nothing for them any more.
        """
        for grant in self.grants.values():
            if grant.source == source and not grant.is_revoked:
                self._disown(grant, at=now)
                self._expire(grant, at=now)

    def expire(self, *, now: datetime) -> None:
        """Release expired holds and drop expired credits."""
        for hold in self.holds.values():
            if hold.lapses(now):
                cause = f"hold_expired:{hold.id}:{hold.round}"
                self._release(hold, cause=cause, keep_until=None, at=now)
                hold.state = HoldState.EXPIRED
                self.changed_holds.add(hold.id)
        for grant in self.grants.values():
            if grant.available and grant.is_expired(now):
                self._expire(grant, at=now)

    def _hold(self, hold_id: UUID) -> Hold:
        return self.holds.setdefault(hold_id, Hold(id=hold_id))

    def _can_take(self, hold: Hold, now: datetime) -> bool:
        return sum(grant.available for grant in self._usable(now)) >= hold.wanted

    def _usable(self, now: datetime) -> list[Grant]:
        """Return grants that can be held, the first to expire first."""
        usable = [
            one
            for one in self.grants.values()
            if one.available and not (one.is_revoked or one.is_expired(now))
        ]
        return sorted(usable, key=lambda one: (one.expires_at or _NEVER, one.granted_at, one.id))

    def _take(self, hold: Hold, *, now: datetime) -> None:
        if not self._can_take(hold, now):
            raise NotEnoughCredits
        hold.parts, hold.round, hold.held_at = (
            list(self._parts(hold.wanted, now)),
            hold.round + 1,
            now,
        )
        for part in hold.parts:
            self._touched(part).hold(part.amount)
        self.changed_holds.add(hold.id)
        cause = f"held:{hold.id}:{hold.round}"
        self._move(cause, "credits_held", hold.amount, self._available, self._held, at=now)

    def _parts(self, wanted: int, now: datetime) -> Iterator[Part]:
        for grant in self._usable(now):
            amount = min(wanted, grant.available)
            if amount:
                yield Part(grant_id=grant.id, amount=amount)
            wanted -= amount

    def _spend(self, hold: Hold, *, percent: int, at: datetime, tutor_id: UUID) -> None:
        left = spent = hold.amount * percent // 100
        for part in hold.parts:
            part.spent = min(left, part.amount)
            if part.spent:
                self._recognize(hold, part, spent - left, tutor_id=tutor_id, at=at)
            left -= part.spent
        target = accounts.credits_spent()
        self._move(f"spent:{hold.id}", "credits_spent", spent, self._held, target, at=at)

    def _release(
        self, hold: Hold, *, cause: str, keep_until: datetime | None, at: datetime
    ) -> None:
        back = 0
        for part in hold.parts:
            rest = part.amount - part.spent
            if rest:
                grant = self._touched(part)
                grant.release(rest)
                back += rest
                if keep_until and grant.expires_at and grant.is_expired(at):
                    grant.expires_at = keep_until
        self._move(cause, "credits_released", back, self._held, self._available, at=at)
        self._drop_revoked(hold, at=at)

    def _drop_revoked(self, hold: Hold, *, at: datetime) -> None:
        for grant in (self.grants[part.grant_id] for part in hold.parts):
            if grant.is_revoked and grant.available:
                self._expire(grant, at=at)
