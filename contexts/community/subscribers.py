from contexts.community import api
from contexts.courses.events import LessonCompleted
from contexts.identity.events import (
    AccountEnded,
    ErasureDue,
    PersonBlocked,
    PersonUnblocked,
    ProfileChanged,
    UserVerified,
)
from contexts.shared.messaging.registry import subscribe


@subscribe(UserVerified)
def welcome_member(event: UserVerified) -> None:
    api.remember_member(member_id=event.user_id)


@subscribe(ProfileChanged)
def refresh_member(event: ProfileChanged) -> None:
    api.remember_member(member_id=event.user_id)


@subscribe(AccountEnded)
def forget_member(event: AccountEnded) -> None:
    api.forget_member(member_id=event.user_id)


@subscribe(LessonCompleted)
def count_lesson(event: LessonCompleted) -> None:
    api.note_lesson(member_id=event.learner_id, completed_at=event.occurred_at)


@subscribe(PersonBlocked)
def keep_apart(event: PersonBlocked) -> None:
    api.refresh_block(blocker_id=event.blocker_id, blocked_id=event.blocked_id)


@subscribe(PersonUnblocked)
def bring_together(event: PersonUnblocked) -> None:
    api.refresh_block(blocker_id=event.blocker_id, blocked_id=event.blocked_id)


@subscribe(ErasureDue)
def erase_member(event: ErasureDue) -> None:
    api.erase_person(person_id=event.user_id, now=event.occurred_at)
