from contexts.billing.events import HoldLost
from contexts.identity.events import (
    AccountEnded,
    ErasureDue,
    PersonBlocked,
    PersonUnblocked,
    ProfileChanged,
    UserVerified,
)
from contexts.shared.messaging.registry import subscribe
from contexts.tutoring import api


@subscribe(UserVerified)
def welcome_person(event: UserVerified) -> None:
    api.remember_person(person_id=event.user_id)


@subscribe(ProfileChanged)
def refresh_person(event: ProfileChanged) -> None:
    api.remember_person(person_id=event.user_id)


@subscribe(AccountEnded)
def end_person(event: AccountEnded) -> None:
    api.end_person(person_id=event.user_id, now=event.occurred_at)


@subscribe(PersonBlocked)
def keep_apart(event: PersonBlocked) -> None:
    api.refresh_block(
        blocker_id=event.blocker_id, blocked_id=event.blocked_id, now=event.occurred_at
    )


@subscribe(PersonUnblocked)
def bring_together(event: PersonUnblocked) -> None:
    api.refresh_block(
        blocker_id=event.blocker_id, blocked_id=event.blocked_id, now=event.occurred_at
    )


@subscribe(ErasureDue)
def erase_person(event: ErasureDue) -> None:
    api.erase_person(person_id=event.user_id, now=event.occurred_at)


@subscribe(HoldLost)
def cancel_unpaid(event: HoldLost) -> None:
    api.cancel_unpaid(lesson_id=event.hold_id, now=event.occurred_at)
