"""Community's part in personal-data export and erasure."""

from datetime import datetime
from uuid import UUID

from contexts.community.adapters import privacy
from contexts.community.api.people import forget_member
from contexts.community.events import PersonErased
from contexts.shared.database.atomic import for_context
from contexts.shared.messaging.publishing import publish

export_person = privacy.export_person
PERSON_FIELDS = privacy.FIELDS


@for_context("community")
def erase_person(*, person_id: UUID, now: datetime) -> None:
    """Forget the member and all their words; what they corrected for others stays, nameless."""
    forget_member(member_id=person_id)
    privacy.erase_traces(person_id=person_id)
    publish([PersonErased(occurred_at=now, person_id=person_id)])
