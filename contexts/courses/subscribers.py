from contexts.billing.events import EntitlementChanged
from contexts.community.events import EditAccepted, EditErased
from contexts.courses import api
from contexts.identity import events as identity_events
from contexts.shared.messaging.registry import retire, subscribe
from contexts.shared.people.people import follow_people

PREMIUM = "premium"

follow_people(api.PEOPLE, events=identity_events)
# Blocks are no longer copied here.
retire("courses.note_block", "courses.note_unblock")


@subscribe(EntitlementChanged)
def note_premium(event: EntitlementChanged) -> None:
    if event.feature == PREMIUM:
        api.note_premium(learner_id=event.customer_id, until=event.until, revision=event.revision)


@subscribe(EditErased)
def forget_correction(event: EditErased) -> None:
    api.forget_correction(edit_id=event.edit_id)


@subscribe(EditAccepted)
def remember_correction(event: EditAccepted) -> None:
    api.remember_correction(
        learner_id=event.member_id, edit_id=event.edit_id, now=event.occurred_at
    )
