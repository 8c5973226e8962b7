"""Premium, as billing last said."""

from datetime import datetime
from uuid import UUID

from contexts.courses.models import Learner


class LearnerEntitlements:
    def has_premium(self, learner_id: UUID, *, now: datetime) -> bool:
        return Learner.objects.filter(pk=learner_id, premium_until__gt=now).exists()
