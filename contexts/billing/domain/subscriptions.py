"""Subscriptions, which follow the provider's newest snapshot in any order of arrival."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from contexts.billing.domain.billed_to import BilledTo
from contexts.billing.events import CancellationAsked, PaymentFailed
from contexts.shared.kernel import Aggregate, Conflict, Money, NotFound

# Providers report a renewal a little late, and retry a failed payment for about a week.
RENEWAL_LEEWAY = timedelta(days=1)
PAYMENT_LEEWAY = timedelta(days=7)


class SubscriptionNotFound(NotFound):
    code = "subscription_not_found"
    message = "You have no such subscription."


class NotCanceled(Conflict):
    code = "not_canceled"
    message = "This subscription is not canceled, or its period is over. Buy it again if it is."


class NothingDue(Conflict):
    code = "nothing_due"
    message = "Nothing is due for this subscription."


class SubscriptionState(StrEnum):
    """`canceled` has access until the paid period ends. `expired` has none and is final."""

    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    CANCELED = "canceled"
    EXPIRED = "expired"

    @property
    def is_live(self) -> bool:
        return self is not SubscriptionState.EXPIRED


class Seen(StrEnum):
    """The provider's state of a subscription."""

    TRIAL = "trial"
    PAID = "paid"
    UNPAID = "unpaid"
    WILL_END = "will_end"
    ENDED = "ended"


# Our next state by our state and the provider's. All pairs are listed.
TRANSITIONS: dict[tuple[SubscriptionState, Seen], SubscriptionState] = {
    (SubscriptionState.TRIALING, Seen.TRIAL): SubscriptionState.TRIALING,
    (SubscriptionState.TRIALING, Seen.PAID): SubscriptionState.ACTIVE,
    (SubscriptionState.TRIALING, Seen.UNPAID): SubscriptionState.PAST_DUE,
    (SubscriptionState.TRIALING, Seen.WILL_END): SubscriptionState.CANCELED,
    (SubscriptionState.TRIALING, Seen.ENDED): SubscriptionState.EXPIRED,
    # A trial does not come back.
    (SubscriptionState.ACTIVE, Seen.TRIAL): SubscriptionState.ACTIVE,
    (SubscriptionState.ACTIVE, Seen.PAID): SubscriptionState.ACTIVE,
    (SubscriptionState.ACTIVE, Seen.UNPAID): SubscriptionState.PAST_DUE,
    (SubscriptionState.ACTIVE, Seen.WILL_END): SubscriptionState.CANCELED,
    (SubscriptionState.ACTIVE, Seen.ENDED): SubscriptionState.EXPIRED,
    (SubscriptionState.PAST_DUE, Seen.TRIAL): SubscriptionState.PAST_DUE,
    (SubscriptionState.PAST_DUE, Seen.PAID): SubscriptionState.ACTIVE,
    (SubscriptionState.PAST_DUE, Seen.UNPAID): SubscriptionState.PAST_DUE,
    (SubscriptionState.PAST_DUE, Seen.WILL_END): SubscriptionState.CANCELED,
    (SubscriptionState.PAST_DUE, Seen.ENDED): SubscriptionState.EXPIRED,
    # A cancellation that was withdrawn before the end restores the old state.
    (SubscriptionState.CANCELED, Seen.TRIAL): SubscriptionState.TRIALING,
    (SubscriptionState.CANCELED, Seen.PAID): SubscriptionState.ACTIVE,
    (SubscriptionState.CANCELED, Seen.UNPAID): SubscriptionState.PAST_DUE,
    (SubscriptionState.CANCELED, Seen.WILL_END): SubscriptionState.CANCELED,
    (SubscriptionState.CANCELED, Seen.ENDED): SubscriptionState.EXPIRED,
    **{(SubscriptionState.EXPIRED, seen): SubscriptionState.EXPIRED for seen in Seen},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that the provider took for a period. `ref` is the provider's id.

    `billed_to` is what the buyer told the provider, if anything.
    """

    ref: str
    amount: Money
    paid_at: datetime
    period_start: datetime | None = None
    period_end: datetime | None = None
    billed_to: BilledTo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The provider's view of a subscription. A greater `version` is newer.

    `paid` are all payments so far, the oldest first.
    """

    ref: str
    reference: str
    version: int
    seen: Seen
    started_at: datetime
    period_start: datetime
    period_end: datetime
    ended_at: datetime | None = None
    paid: tuple[Payment, ...] = ()


@dataclass(kw_only=True, eq=False)
class Subscription(Aggregate):
    """A customer's subscription. `cancel_wanted` is end, now, no (resume) or empty.

    `is_trial` marks the one trial of its customer.
    """

    id: UUID
    customer_id: UUID
    checkout_id: UUID
    product: str
    feature: str
    provider: str
    provider_ref: str
    started_at: datetime
    period_start: datetime
    period_end: datetime
    state: SubscriptionState = SubscriptionState.TRIALING
    version: int = 0
    ended_at: datetime | None = None
    cancel_wanted: str = ""
    is_trial: bool = False

    def follow(self, snapshot: Snapshot) -> bool:
        """Apply a snapshot. Return False, and change nothing, unless it is newer."""
        if snapshot.version <= self.version:
            return False
        self.version = snapshot.version
        was_over = not self.state.is_live
        before, self.state = self.state, TRANSITIONS[self.state, snapshot.seen]
        if self.state is SubscriptionState.PAST_DUE is not before:
            self.record(
                PaymentFailed(
                    occurred_at=snapshot.period_start,
                    customer_id=self.customer_id,
                    subscription_id=self.id,
                )
            )
        if was_over:
            self.cancel_wanted = "" if snapshot.seen is Seen.ENDED else self.cancel_wanted
            return True
        self.period_start, self.period_end = snapshot.period_start, snapshot.period_end
        self.ended_at = snapshot.ended_at
        if self.cancel_wanted == "no" and self.state is not SubscriptionState.CANCELED:
            self.cancel_wanted = ""
        elif self.state in {SubscriptionState.CANCELED, SubscriptionState.EXPIRED}:
            self.cancel_wanted = "" if self._is_done(self.state) else self.cancel_wanted
        return True

    def resume(self, *, now: datetime) -> None:
        """Go on after a cancellation that has not taken effect. Raises NotCanceled."""
        canceled = self.state is SubscriptionState.CANCELED or self.cancel_wanted == "end"
        if not canceled or not self.state.is_live or self.period_end <= now:
            raise NotCanceled
        self.cancel_wanted = "no"

    def end(self, *, now: datetime) -> bool:
        """End at once and ask the provider to cancel. Return False if it had ended."""
        if not self.state.is_live:
            return False
        self.ended_at = min(now, self.entitled_until)
        self._stop(now=now)
        return True

    def refuse(self, *, now: datetime) -> None:
        """End before the start, so that it entitles to nothing."""
        self.ended_at = self.started_at
        self._stop(now=now)

    def _stop(self, *, now: datetime) -> None:
        self.state = SubscriptionState.EXPIRED
        self.cancel_at_once(now=now)

    def cancel_at_once(self, *, now: datetime) -> None:
        """Ask the provider to end it now."""
        self.cancel_wanted = "now"
        self.record(
            CancellationAsked(
                occurred_at=now, customer_id=self.customer_id, subscription_id=self.id
            )
        )

    def _is_done(self, state: SubscriptionState) -> bool:
        return state is SubscriptionState.EXPIRED or self.cancel_wanted == "end"

    @property
    def is_refused(self) -> bool:
        """Whether it ended before it started, so that its payments go back."""
        return self.ended_at == self.started_at

    @property
    def entitled_until(self) -> datetime:
        """The end of the entitlement if no newer snapshot arrives."""
        if self.state is SubscriptionState.EXPIRED:
            return self.ended_at or self.period_end
        if self.state is SubscriptionState.CANCELED:
            return self.period_end
        # The unpaid period has begun already.
        if self.state is SubscriptionState.PAST_DUE:
            return self.period_start + PAYMENT_LEEWAY
        return self.period_end + RENEWAL_LEEWAY
