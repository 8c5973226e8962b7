"""Diaries of participants."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row
from contexts.tutoring import models as rows
from contexts.tutoring.domain.availability import Slot, cells


class OrmDiaries:
    def take(self, *people: UUID) -> None:
        found = rows.Person.objects.select_for_update().filter(pk__in=people)
        known = set(found.order_by("pk").values_list("pk", flat=True))
        for missing in sorted(set(people) - known):
            # Events come in any order: identity's word of this person is still on its way.
            lock_row(rows.Person(id=missing), using=alias_of("tutoring"), pk=missing)

    def busy(self, *people: UUID, around: Slot, minutes: int) -> Mapping[UUID, frozenset[int]]:
        asked = cells(around, around=minutes)
        found = rows.LessonCell.objects.filter(
            person_id__in=people, cell__gte=asked.start, cell__lt=asked.stop
        )
        busy: dict[UUID, set[int]] = defaultdict(set)
        for person_id, cell in found.values_list("person_id", "cell"):
            busy[person_id].add(cell)
        return {person_id: frozenset(taken) for person_id, taken in busy.items()}
