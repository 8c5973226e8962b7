"""Memories of words as they are stored, and as the answers give them."""

from typing import Any

from contexts.courses.adapters.answers import logged, memory_state
from contexts.courses.adapters.enrollments import to_enrollment
from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.domain.reviews import replay
from contexts.courses.models import Attempt, Enrollment, Learner, Memory


def stored_memories(enrollment: Enrollment) -> dict[str, Any]:
    """Return the state of each word that the enrollment has reviewed."""
    found = Memory.objects.filter(enrollment=enrollment)
    return {row.word_key: memory_state(row) for row in found}


def replayed_memories(enrollment: Enrollment) -> dict[str, Any]:
    """Return the states that a new scheduler reaches with the enrollment's answers."""
    zones = Learner.objects.filter(pk=enrollment.learner_id).values_list("time_zone", flat=True)
    enrollment.time_zone = zones.first()  # type: ignore[attr-defined]
    taken, scheduler = to_enrollment(enrollment), FsrsScheduler()
    log = [logged(row, taken) for row in Attempt.objects.filter(enrollment=enrollment)]
    items = {item for answered in log for item in answered.ratings}
    traces = {item: replay(log, item, scheduler=scheduler) for item in items}
    return {item: trace.state for item, trace in traces.items() if trace.state}
