"""Logs and memories of whole enrollments on their rows."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from contexts.courses import models as rows
from contexts.courses.adapters.answers import logged, parsed_exercise, save_traces
from contexts.courses.adapters.cards import card_exercise
from contexts.courses.adapters.enrollments import take_any
from contexts.courses.application.replays import StoredAttempt
from contexts.courses.domain.cards import card_id
from contexts.courses.domain.enrollments import Enrollment, ExerciseNotFound
from contexts.courses.domain.exercises import AnyExercise
from contexts.courses.domain.grading.verdicts import grade_of
from contexts.courses.domain.reviews import Answered, Trace

_PAGE = 500
_RATED = ("ratings", "ask", "time_zone", "local_date", "zone_assumed")


class OrmReplays:
    def take(self, enrollment_id: UUID) -> Enrollment | None:
        return take_any(enrollment_id)

    def attempts(self, enrollment: Enrollment) -> list[StoredAttempt]:
        found = rows.Attempt.objects.filter(enrollment=enrollment.id).order_by("answered_at", "pk")
        return [
            StoredAttempt(
                answered=logged(row, enrollment),
                exercise=row.exercise_key,
                answer=row.answer,
                grade=grade_of(row.grade),
                items=row.items,
                is_rated=row.ratings is not None,
            )
            for row in found
        ]

    def find_exercise(self, enrollment: Enrollment, key: str) -> AnyExercise | None:
        try:
            if card := card_id(key):
                return card_exercise(enrollment.id, card)
            return parsed_exercise(enrollment.version_id, key)
        except ExerciseNotFound:
            return None

    def save(
        self, enrollment: Enrollment, rated: Sequence[Answered], traces: Mapping[str, Trace]
    ) -> None:
        _save_ratings(enrollment, rated)
        traces = _without_lost_cards(enrollment, traces)
        stale = rows.Memory.objects.filter(enrollment=enrollment.id)
        stale.exclude(word_key__in=[key for key, one in traces.items() if one.state]).delete()
        shown = rows.Showing.objects.filter(enrollment=enrollment.id)
        shown.exclude(word_key__in=[key for key, one in traces.items() if one.shown_at]).delete()
        save_traces(enrollment, traces)


def _without_lost_cards(enrollment: Enrollment, traces: Mapping[str, Trace]) -> dict[str, Trace]:
    """Return the traces without those of cards that were deleted, as after an erasure."""
    cards = rows.Card.objects.filter(enrollment=enrollment.id)
    kept = {*cards.values_list("pk", flat=True)}
    return {key: one for key, one in traces.items() if (card_id(key) or None) in {None, *kept}}


def _save_ratings(enrollment: Enrollment, rated: Sequence[Answered]) -> None:
    by_id = {one.attempt_id: one for one in rated}
    found = rows.Attempt.objects.filter(enrollment=enrollment.id, attempt_id__in=[*by_id])
    changed = [*found]
    for row in changed:
        answered = by_id[row.attempt_id]
        row.ratings, row.ask = dict(answered.ratings), answered.ask.value
        row.zone_assumed = row.zone_assumed or not row.time_zone
        row.time_zone, row.local_date = answered.moment.zone, answered.moment.day
    rows.Attempt.objects.bulk_update(changed, _RATED, batch_size=_PAGE)


def outdated(*, model_version: str, every: bool = False) -> Iterator[UUID]:
    """Yield the enrollments whose memory another rule or model made, or all with an answer."""
    attempts = rows.Attempt.objects.filter(enrollment=OuterRef("pk"))
    memories = rows.Memory.objects.filter(enrollment=OuterRef("pk"))
    old = Q(Exists(attempts.filter(ratings__isnull=True))) | Q(
        Exists(memories.exclude(model_version=model_version))
    )
    wanted = rows.Enrollment.objects.filter(Q(Exists(attempts)) if every else old)
    last = UUID(int=0)
    while page := list(
        wanted.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_PAGE]
    ):
        yield from page
        last = page[-1]
