"""The learner's texts, of which one is corrected, and texts of others for the corrector."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from contexts.community import api
from contexts.shared.kernel import now
from tests.factories.community import (
    ANSWERS,
    TEXT,
    MemberFactory,
    NativeFactory,
    NotificationFactory,
    corrected,
    opened_text,
    points,
    renamed_first_edit,
    replied,
)
from tests.operations.ids import ANSWERED, CORRECTION, EDIT, HELD, OFFERED, WAITING, WRITER

if TYPE_CHECKING:
    from tests.operations.world import World

# SQLite takes about sixty edits a statement.
_MOST_EDITS = 50


def answers(size: int) -> list[dict[str, Any]]:
    """A correction of each sentence of a staged text."""
    edited: dict[str, Any] = {"corrected": "I have a dog."}
    return [{"index": n, **(edited if n < _MOST_EDITS else {"perfect": True})} for n in range(size)]


def stage(world: "World") -> None:
    native_id, learner_id, size = world.people["corrector"].pk, world.learner.pk, world.size
    api.PEOPLE.remember(person_id=learner_id)
    NativeFactory(id=native_id)
    MemberFactory(id=WRITER)
    long = size > 1
    text = "I has a dog. " * size if long else TEXT
    for text_id in (OFFERED, HELD):
        opened_text(WRITER, text=text, submission_id=text_id)
    opened_text(learner_id, text=text, submission_id=WAITING)
    corrected(
        opened_text(learner_id, text=text, submission_id=ANSWERED),
        native_id,
        answers=answers(size) if long else ANSWERS,
        comment="Well done!",
        correction_id=CORRECTION,
    )
    renamed_first_edit(CORRECTION, EDIT)
    replied(EDIT, learner_id, times=size)
    api.take(submission_id=HELD, member_id=native_id, now=now())
    _write_for_months(learner_id, size)
    NotificationFactory.create_batch(size, recipient_id=learner_id)
    points(native_id, times=size)


def _write_for_months(learner_id: UUID, size: int) -> None:
    """One text of each writer every second day, because there is a limit per day."""
    for days in range(2 * size, 0, -2):
        opened_text(learner_id, at=now() - timedelta(days=days))
        opened_text(WRITER, at=now() - timedelta(days=days))
