"""Tutors on their rows, and what they offer."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import OuterRef

from contexts.shared.kernel import Event, LanguageTag
from contexts.shared.messaging.publishing import publish
from contexts.tutoring import models as rows
from contexts.tutoring.domain import documents
from contexts.tutoring.domain.booking import Offering
from contexts.tutoring.domain.pauses import Pause, PauseFrom
from contexts.tutoring.domain.tutors import AlreadyATutor, Tutor, TutorNotFound, TutorState

_LONGEST_SUBTAG = 8
_FIELDS = ["state", "languages", "introduction", "policy", "availability", "applied_at"]
_APPROVAL = ["approved_at", "approved_by_id"]
_PAUSE = ["paused_by", "pause_reason", "paused_until"]


class OrmTutors:
    def __init__(self, publish: Callable[[Iterable[Event]], None] = publish) -> None:
        self._publish = publish

    def take(self, tutor_id: UUID) -> Tutor | None:
        row = rows.Tutor.objects.select_for_update().filter(pk=tutor_id).first()
        return _tutor(row) if row else None

    def add(self, tutor: Tutor) -> None:
        try:
            _row(tutor).save(force_insert=True)
        except IntegrityError as error:
            raise AlreadyATutor from error
        self._teach(tutor.id, _subtags(tutor))
        self._publish(tutor.collect_events())

    def save(self, tutor: Tutor) -> None:
        _row(tutor).save(update_fields=[*_FIELDS, *_APPROVAL, *_PAUSE])
        self._keep_languages(tutor)
        self._publish(tutor.collect_events())

    def _keep_languages(self, tutor: Tutor) -> None:
        taught = rows.TutorLanguage.objects.filter(tutor_id=tutor.id)
        wanted = _subtags(tutor)
        if set(taught.values_list("language", flat=True)) == wanted:
            return
        taught.delete()
        self._teach(tutor.id, wanted)

    def _teach(self, tutor_id: UUID, subtags: set[str]) -> None:
        rows.TutorLanguage.objects.bulk_create(
            rows.TutorLanguage(tutor_id=tutor_id, language=subtag) for subtag in sorted(subtags)
        )


def back_from_pause(now: datetime, *, most: int) -> list[UUID]:
    """Return tutors whose pause ends by now."""
    paused = rows.Tutor.objects.filter(state=TutorState.PAUSED, paused_until__lte=now)
    own = paused.exclude(paused_by=PauseFrom.STAFF)
    return list(own.order_by("pk").values_list("pk", flat=True)[:most])


def primary(tag: str) -> str:
    return LanguageTag(tag).primary[:_LONGEST_SUBTAG]


class OrmOffers:
    def of(self, tutor_id: UUID, *, to: UUID) -> Offering:
        """In one read, with whether the two are apart."""
        apart = rows.kept_apart(to, OuterRef("pk"))
        found = rows.Tutor.objects.filter(~apart, pk=tutor_id, state=TutorState.ACTIVE)
        row = found.first()
        if row is None:
            raise TutorNotFound
        return Offering(
            tutor_id=row.pk,
            languages=tuple(row.languages),
            policy=row.policy,
            availability=documents.read(row.availability),
        )


def _tutor(row: rows.Tutor) -> Tutor:
    return Tutor(
        id=row.pk,
        languages=tuple(row.languages),
        introduction=row.introduction,
        availability=documents.read(row.availability),
        policy=row.policy,
        state=TutorState(row.state),
        applied_at=row.applied_at,
        approved_at=row.approved_at,
        approved_by_id=row.approved_by_id,
        paused=_pause(row) if row.state == TutorState.PAUSED else None,
    )


def _pause(row: rows.Tutor) -> Pause:
    # The release before this one did not note who paused.
    by = PauseFrom(row.paused_by or PauseFrom.TUTOR)
    return Pause(by=by, reason=row.pause_reason, until=row.paused_until)


def _subtags(tutor: Tutor) -> set[str]:
    return {primary(tag) for tag in tutor.languages}


def _row(tutor: Tutor) -> rows.Tutor:
    return rows.Tutor(
        id=tutor.id,
        state=tutor.state.value,
        languages=list(tutor.languages),
        introduction=tutor.introduction,
        policy=tutor.policy,
        availability=documents.written(tutor.availability),
        applied_at=tutor.applied_at,
        approved_at=tutor.approved_at,
        approved_by_id=tutor.approved_by_id,
        paused_by=tutor.paused.by.value if tutor.paused else "",
        pause_reason=tutor.paused.reason if tutor.paused else "",
        paused_until=tutor.paused.until if tutor.paused else None,
    )
