"""Lesson credits, from billing's door."""

from datetime import datetime
from uuid import UUID

from contexts.billing import api as billing
from contexts.shared.database.transactions.atomic import refuse_in_transaction
from contexts.tutoring.domain.lesson_refusals import BookingLapsed, NotEnoughCredits


class BillingCredits:
    """Holds of billing, by the lesson's id. Called outside transactions, since billing commits."""

    def hold(
        self,
        *,
        lesson_id: UUID,
        learner_id: UUID,
        tutor_id: UUID,
        cost: int,
        until: datetime,
        now: datetime,
    ) -> None:
        refuse_in_transaction("holding a credit")
        try:
            billing.hold_credit(
                hold_id=lesson_id,
                customer_id=learner_id,
                tutor_id=tutor_id,
                amount=cost,
                expires_at=until,
                now=now,
            )
        except billing.NotEnoughCredits as error:
            raise NotEnoughCredits from error
        except billing.HoldSettled as error:
            # The sweep gave the booking up meanwhile, and billing has settled the hold.
            raise BookingLapsed from error

    def is_held(self, *, lesson_id: UUID) -> bool:
        refuse_in_transaction("asking for a credit")
        return billing.is_held(hold_id=lesson_id)
