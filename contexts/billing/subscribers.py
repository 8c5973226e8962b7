from uuid import UUID

from contexts.billing import api
from contexts.billing.events import (
    CancellationAsked,
    CheckoutConfirmed,
    CheckoutRequoted,
    PaymentFailed,
    RefundAsked,
    WebhookReceived,
)
from contexts.identity import events as identity_events
from contexts.shared.kernel import now
from contexts.shared.messaging.registry import retire, subscribe
from contexts.shared.people.people import follow_people
from contexts.tutoring.events import (
    LessonBooked,
    LessonCanceled,
    LessonCompleted,
    LessonLapsed,
    LessonMissed,
)

follow_people(api.PEOPLE, events=identity_events)
# Billing keeps no blocks any more.
retire("billing.keep_apart", "billing.bring_together")


@subscribe(LessonBooked)
def make_hold_firm(event: LessonBooked) -> None:
    api.confirm_hold(
        hold_id=event.lesson_id,
        customer_id=event.learner_id,
        amount=event.cost,
        now=event.occurred_at,
    )


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


@subscribe(RefundAsked, outside=True)
def make_refund(event: RefundAsked) -> None:
    api.make_refund(refund_id=event.refund_id, now=now())


@subscribe(CheckoutConfirmed, outside=True)
def charge_confirmed_checkout(event: CheckoutConfirmed) -> None:
    api.refresh_checkout(checkout_id=event.checkout_id, now=now())


@subscribe(CancellationAsked, outside=True)
def tell_provider_of_cancellation(event: CancellationAsked) -> None:
    api.refresh_subscription(subscription_id=event.subscription_id, now=now())


@subscribe(PaymentFailed)
def mail_failed_payment(event: PaymentFailed) -> None:
    _mail("payment_failed", event, about=event.subscription_id)


@subscribe(CancellationAsked)
def mail_cancellation(event: CancellationAsked) -> None:
    _mail("subscription_ends", event, about=event.subscription_id)


@subscribe(CheckoutRequoted)
def mail_new_price(event: CheckoutRequoted) -> None:
    _mail("requoted", event, about=event.checkout_id)


@subscribe(RefundAsked)
def mail_refund(event: RefundAsked) -> None:
    _mail("refund", event, about=event.refund_id)


def _mail(
    template: str,
    event: PaymentFailed | CancellationAsked | CheckoutRequoted | RefundAsked,
    *,
    about: UUID,
) -> None:
    api.mail_customer(template, customer_id=event.customer_id, about=about, now=event.occurred_at)


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
