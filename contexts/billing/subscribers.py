from contexts.billing import api
from contexts.billing.events import CancellationAsked, WebhookReceived
from contexts.identity.events import (
    AccountEnded,
    ErasureDue,
    PersonBlocked,
    PersonUnblocked,
    ProfileChanged,
    UserVerified,
)
from contexts.shared.kernel import now
from contexts.shared.messaging.registry import subscribe
from contexts.tutoring.events import (
    LessonBooked,
    LessonCanceled,
    LessonCompleted,
    LessonLapsed,
    LessonMissed,
)


@subscribe(UserVerified)
def welcome_customer(event: UserVerified) -> None:
    api.remember_customer(customer_id=event.user_id)


@subscribe(ProfileChanged)
def refresh_customer(event: ProfileChanged) -> None:
    api.remember_customer(customer_id=event.user_id)


@subscribe(AccountEnded)
def forget_customer(event: AccountEnded) -> None:
    api.forget_customer(customer_id=event.user_id)


@subscribe(PersonBlocked)
def keep_apart(event: PersonBlocked) -> None:
    api.refresh_block(blocker_id=event.blocker_id, blocked_id=event.blocked_id)


@subscribe(PersonUnblocked)
def bring_together(event: PersonUnblocked) -> None:
    api.refresh_block(blocker_id=event.blocker_id, blocked_id=event.blocked_id)


@subscribe(ErasureDue)
def erase_customer(event: ErasureDue) -> None:
    api.erase_person(person_id=event.user_id, now=event.occurred_at)


@subscribe(LessonBooked)
def make_hold_firm(event: LessonBooked) -> None:
    api.confirm_hold(hold_id=event.lesson_id, customer_id=event.learner_id, now=event.occurred_at)


@subscribe(LessonLapsed)
def release_credit(event: LessonLapsed) -> None:
    _settle(event, spent_percent=0, in_fault=True)


@subscribe(LessonCanceled)
def settle_canceled_lesson(event: LessonCanceled) -> None:
    _settle(event, spent_percent=event.spent_percent, in_fault=event.by == "learner")


@subscribe(LessonCompleted)
def spend_credit(event: LessonCompleted) -> None:
    _settle(event, spent_percent=100, in_fault=True)


@subscribe(LessonMissed)
def settle_missed_lesson(event: LessonMissed) -> None:
    _settle(event, spent_percent=event.spent_percent, in_fault=event.absent == "learner")


@subscribe(WebhookReceived, outside=True)
def act_on_webhook(event: WebhookReceived) -> None:
    api.act_on_webhook(webhook_id=event.webhook_id, now=now())


@subscribe(CancellationAsked, outside=True)
def tell_provider_of_cancellation(event: CancellationAsked) -> None:
    api.look_at_subscription(subscription_id=event.subscription_id, now=now())


def _settle(
    event: LessonLapsed | LessonCanceled | LessonCompleted | LessonMissed,
    *,
    spent_percent: int,
    in_fault: bool,
) -> None:
    api.settle_hold(
        hold_id=event.lesson_id,
        customer_id=event.learner_id,
        tutor_id=event.tutor_id,
        spent_percent=spent_percent,
        in_fault=in_fault,
        now=event.occurred_at,
    )
