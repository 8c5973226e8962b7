"""Cards on their rows, and the corrections in community that they are made of."""

from datetime import datetime
from uuid import UUID

from contexts.community import api as community
from contexts.courses import models as rows
from contexts.courses.domain.cards import Card
from contexts.courses.domain.enrollments import Enrollment, ExerciseNotFound
from contexts.courses.domain.exercises import AnyExercise, parse


class OrmCards:
    def add(self, enrollment: Enrollment, card: Card, *, now: datetime) -> bool:
        # The enrollment is locked: nobody adds a card to it meanwhile.
        if rows.Card.objects.filter(pk=card.edit_id).exists():
            return False
        rows.Card.objects.create(
            id=card.edit_id,
            enrollment_id=enrollment.id,
            sentence=card.sentence,
            corrected=card.corrected,
            language=card.language,
            category=card.category,
            made_at=now,
        )
        return True


def card_exercise(enrollment_id: UUID, card: UUID) -> AnyExercise:
    """Return the exercise of a card. Raises ExerciseNotFound."""
    row = rows.Card.objects.filter(pk=card, enrollment_id=enrollment_id).first()
    if row is None:
        raise ExerciseNotFound(exercise=str(card))
    found = Card(
        edit_id=row.pk,
        sentence=row.sentence,
        corrected=row.corrected,
        language=row.language,
        category=row.category,
    )
    return parse(found.body())


def corrected_sentence(edit_id: UUID) -> Card:
    """Return the card of an accepted edit. Raises NoCard, NotFound."""
    edit = community.accepted_edit(edit_id=edit_id)
    return Card(
        edit_id=edit.edit_id,
        sentence=edit.sentence,
        corrected=edit.corrected,
        language=edit.language,
        category=edit.category,
    )
