from contexts.billing.events import HoldLost
from contexts.identity import events as identity_events
from contexts.shared.messaging.registry import subscribe
from contexts.shared.people.people import follow_people
from contexts.tutoring import api

follow_people(api.PEOPLE, events=identity_events)


@subscribe(HoldLost)
def cancel_unpaid(event: HoldLost) -> None:
    api.cancel_unpaid(lesson_id=event.hold_id, now=event.occurred_at)
