from contexts.billing.events import EntitlementChanged
from contexts.community.events import EditAccepted
from contexts.courses import api
from contexts.identity.events import (
    AccountEnded,
    ErasureDue,
    PersonBlocked,
    PersonUnblocked,
    ProfileChanged,
    UserVerified,
)
from contexts.shared.messaging.registry import subscribe

PREMIUM = "premium"


@subscribe(UserVerified)
def welcome_learner(event: UserVerified) -> None:
    api.directory.remember(person_id=event.user_id)


@subscribe(ProfileChanged)
def refresh_learner(event: ProfileChanged) -> None:
    api.directory.remember(person_id=event.user_id)


@subscribe(AccountEnded)
def forget_learner(event: AccountEnded) -> None:
    api.directory.forget(person_id=event.user_id)


@subscribe(PersonBlocked)
def note_block(event: PersonBlocked) -> None:
    api.directory.refresh_block(blocker_id=event.blocker_id, blocked_id=event.blocked_id)


@subscribe(PersonUnblocked)
def note_unblock(event: PersonUnblocked) -> None:
    api.directory.refresh_block(blocker_id=event.blocker_id, blocked_id=event.blocked_id)


@subscribe(EntitlementChanged)
def note_premium(event: EntitlementChanged) -> None:
    if event.feature == PREMIUM:
        api.note_premium(learner_id=event.customer_id, until=event.until, revision=event.revision)


@subscribe(EditAccepted)
def remember_correction(event: EditAccepted) -> None:
    api.remember_correction(
        learner_id=event.member_id, edit_id=event.edit_id, now=event.occurred_at
    )


@subscribe(ErasureDue)
def erase_learner(event: ErasureDue) -> None:
    api.erase_person(person_id=event.user_id, now=event.occurred_at)
