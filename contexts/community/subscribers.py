from contexts.community import api
from contexts.courses.events import LessonCompleted
from contexts.identity.events import AccountEnded, ProfileChanged, UserVerified
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
