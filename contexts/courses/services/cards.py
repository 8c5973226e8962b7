"""Accepted corrections become cards."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.courses.adapters.cards import corrected_sentence
from contexts.courses.domain.cards import Card, NoCard, card_key
from contexts.courses.models import Attempt
from contexts.courses.models import Card as CardRow
from contexts.shared.kernel import NotFound


class Remember(Protocol):
    def __call__(self, *, learner_id: UUID, card: Card, now: datetime) -> None: ...


def remember_correction(
    remember: Remember, *, learner_id: UUID, edit_id: UUID, now: datetime
) -> None:
    """Add an edit that the learner accepted to their reviews.

    Does nothing if it is there already, or if the edit was withdrawn or erased meanwhile.
    """
    try:
        card = corrected_sentence(edit_id)
    except (NoCard, NotFound):
        return
    remember(learner_id=learner_id, card=card, now=now)


def forget_correction(*, edit_id: UUID) -> None:
    """Delete the card of an edit, its memory and the answers to it.

    The person who typed the edit is erased, and grades repeat the sentence.
    """
    found = CardRow.objects.filter(pk=edit_id)
    enrollments = list(found.values_list("enrollment_id", flat=True))
    Attempt.objects.filter(enrollment__in=enrollments, exercise_key=card_key(edit_id)).delete()
    found.delete()
