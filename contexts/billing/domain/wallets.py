"""Wallets of lesson credits: granted, held for lessons, spent or released, expired."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from contexts.billing.domain import accounts
from contexts.billing.domain.grants import Grant, Hold, HoldState, Part
from contexts.billing.domain.ledger import Account, Posting, Transaction, transfer
from contexts.billing.domain.pay import share
from contexts.billing.events import HoldLost
from contexts.shared.kernel import Aggregate, Conflict, Money, NotFound

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


@dataclass(kw_only=True, eq=False)
class Wallet(Aggregate):
    """Grants that still have credits, and the holds in use. Amounts are hundredths.

    `posted` are the ledger transactions of the changes.
    """

    customer_id: UUID
    grants: dict[UUID, Grant] = field(default_factory=dict)
    holds: dict[UUID, Hold] = field(default_factory=dict)
    posted: list[Transaction] = field(default_factory=list)
    changed_grants: set[UUID] = field(default_factory=set)
    changed_holds: set[UUID] = field(default_factory=set)

    @property
    def available(self) -> int:
        return sum(grant.available for grant in self.grants.values())

    @property
    def held(self) -> int:
        return sum(grant.held for grant in self.grants.values())

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

    def _recognize(
        self, hold: Hold, part: Part, before: int, *, tutor_id: UUID, at: datetime
    ) -> None:
        """Book the buyer's worth as revenue, and the tutor's pay as our cost."""
        grant = self._touched(part)
        worth = grant.spend(part.spent)
        revenue = worth.minor if grant.is_owed_for else 0
        pay = hold.pay or worth
        earned = share(pay, before=before, after=before + part.spent, whole=hold.amount)
        postings = (
            Posting(accounts.credit_liability(worth.currency), revenue),
            Posting(accounts.lesson_revenue(worth.currency), -revenue),
            Posting(_cost_of(grant, earned.currency), earned.minor),
            Posting(accounts.tutor_payable(tutor_id, earned.currency), -earned.minor),
        )
        self._post(f"earned:{hold.id}:{part.grant_id}", "lesson_earned", postings, at=at)

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

    def _disown(self, grant: Grant, *, at: datetime) -> None:
        worth = grant.worth
        if grant.kind.is_paid_for:
            liability = accounts.credit_liability(worth.currency)
            revoked = accounts.revoked(worth.currency)
            cause = f"revoked:{grant.id}"
            self._move(cause, "revoked", worth.minor, revoked, liability, at=at)
        grant.revoked_at = at
        self.changed_grants.add(grant.id)

    def _expire(self, grant: Grant, *, at: datetime) -> None:
        amount, worth = grant.expire()
        self.changed_grants.add(grant.id)
        cause = f"expired:{grant.id}:{grant.expired}"
        target = accounts.credits_expired()
        self._move(cause, "credits_expired", amount, self._available, target, at=at)
        if worth.minor and grant.is_owed_for:
            liability = accounts.credit_liability(worth.currency)
            revenue = accounts.breakage(worth.currency)
            self._move(f"broken:{cause}", "breakage", worth.minor, revenue, liability, at=at)

    def _touched(self, part: Part) -> Grant:
        self.changed_grants.add(part.grant_id)
        return self.grants[part.grant_id]

    @property
    def _available(self) -> Account:
        return accounts.credits_available(self.customer_id)

    @property
    def _held(self) -> Account:
        return accounts.credits_held(self.customer_id)

    def _move(
        self, cause: str, kind: str, minor: int, source: Account, target: Account, *, at: datetime
    ) -> None:
        if minor:
            self.posted.append(
                transfer(cause=cause, kind=kind, minor=minor, source=source, target=target, at=at)
            )

    def _post(self, cause: str, kind: str, postings: tuple[Posting, ...], *, at: datetime) -> None:
        moving = tuple(posting for posting in postings if posting.minor)
        if not moving:
            return
        self.posted.append(Transaction(cause=cause, kind=kind, postings=moving, occurred_at=at))


def _cost_of(grant: Grant, currency: str) -> Account:
    """Return the account that pays a tutor for these credits."""
    if not grant.kind.is_paid_for:
        return accounts.promotion(currency)
    return accounts.unpaid_lessons(currency) if grant.is_revoked else accounts.lesson_cost(currency)
