"""Memories of words as they are stored, and as the answers give them."""

from typing import Any

from contexts.courses.adapters.answers import memory_state
from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.models import Attempt, Enrollment, Memory


def stored_memories(enrollment: Enrollment) -> dict[str, Any]:
    """Return the state of each word that the enrollment has reviewed."""
    found = Memory.objects.filter(enrollment=enrollment)
    return {row.word_key: memory_state(row) for row in found}


def replayed_memories(enrollment: Enrollment) -> dict[str, Any]:
    """Return the states that a new scheduler reaches with the enrollment's answers."""
    scheduler, states = FsrsScheduler(), dict[str, Any]()
    for row in Attempt.objects.filter(enrollment=enrollment).order_by("pk"):
        for item in row.items:
            states[item] = scheduler.review(states.get(item), rating=row.rating, at=row.answered_at)
    return states
