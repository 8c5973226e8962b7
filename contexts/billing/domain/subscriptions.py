"""A subscription: what the provider was seen to say of it, whatever order that arrives in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from contexts.billing.events import CancellationAsked
from contexts.shared.kernel import Aggregate, Money, NotFound

# A renewal is told a little after the period ends; a failed payment may be made good in a week.
RENEWAL_LEEWAY = timedelta(days=1)
PAYMENT_LEEWAY = timedelta(days=7)


class SubscriptionNotFound(NotFound):
    code = "subscription_not_found"
    message = "You have no such subscription."


class SubscriptionState(StrEnum):
    """`canceled` has access to the end of what is paid, `expired` none: it is final."""

    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    CANCELED = "canceled"
    EXPIRED = "expired"

    @property
    def is_live(self) -> bool:
        return self is not SubscriptionState.EXPIRED


class Seen(StrEnum):
    """What the provider says."""

    TRIAL = "trial"
    PAID = "paid"
    UNPAID = "unpaid"
    WILL_END = "will_end"
    ENDED = "ended"


# From what we know and what is seen to what we know then; every pair is decided here.
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
    # Whoever thinks again before the end goes on where they were.
    (SubscriptionState.CANCELED, Seen.TRIAL): SubscriptionState.TRIALING,
    (SubscriptionState.CANCELED, Seen.PAID): SubscriptionState.ACTIVE,
    (SubscriptionState.CANCELED, Seen.UNPAID): SubscriptionState.PAST_DUE,
    (SubscriptionState.CANCELED, Seen.WILL_END): SubscriptionState.CANCELED,
    (SubscriptionState.CANCELED, Seen.ENDED): SubscriptionState.EXPIRED,
    **{(SubscriptionState.EXPIRED, seen): SubscriptionState.EXPIRED for seen in Seen},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that the provider took for a period; `ref` is its own id for it."""

    ref: str
    amount: Money
    paid_at: datetime
    period_start: datetime | None = None
    period_end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A subscription as the provider has it; a greater `version` is newer. `paid` is all so far."""

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
    """`is_trial` says that it is its customer's one trial; `cancel_wanted` is end or now."""

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
        """Take over what the provider says, unless we know newer; whether anything was new."""
        if snapshot.version <= self.version:
            return False
        self.version = snapshot.version
        was_over = not self.state.is_live
        self.state = TRANSITIONS[self.state, snapshot.seen]
        if was_over:
            self.cancel_wanted = "" if snapshot.seen is Seen.ENDED else self.cancel_wanted
            return True
        self.period_start, self.period_end = snapshot.period_start, snapshot.period_end
        self.ended_at = snapshot.ended_at
        if self.state in {SubscriptionState.CANCELED, SubscriptionState.EXPIRED}:
            self.cancel_wanted = "" if self._is_done(self.state) else self.cancel_wanted
        return True

    def end(self, *, now: datetime) -> bool:
        """It is over for us, and the provider has to hear it; says whether it was not before."""
        if not self.state.is_live:
            return False
        self.ended_at = min(now, self.entitled_until)
        self._stop(now=now)
        return True

    def refuse(self, *, now: datetime) -> None:
        """It shall never have begun."""
        self.ended_at = self.started_at
        self._stop(now=now)

    def _stop(self, *, now: datetime) -> None:
        self.state, self.cancel_wanted = SubscriptionState.EXPIRED, "now"
        self.record(
            CancellationAsked(
                occurred_at=now, customer_id=self.customer_id, subscription_id=self.id
            )
        )

    def _is_done(self, state: SubscriptionState) -> bool:
        return state is SubscriptionState.EXPIRED or self.cancel_wanted == "end"

    @property
    def entitled_until(self) -> datetime:
        """Until when its feature may be used, if nothing more is heard."""
        if self.state is SubscriptionState.EXPIRED:
            return self.ended_at or self.period_end
        if self.state is SubscriptionState.CANCELED:
            return self.period_end
        # While a payment is due, the period that it would pay for has begun.
        if self.state is SubscriptionState.PAST_DUE:
            return self.period_start + PAYMENT_LEEWAY
        return self.period_end + RENEWAL_LEEWAY
