"""Acts on a community of fakes: a text is submitted, reserved and corrected."""

from typing import Any
from uuid import UUID

from contexts.community.domain.corrections import Answer
from tests.fakes.community import (
    CORRECTOR,
    NOW,
    TEXT,
    WRITER,
    FakeCommunity,
    text,
)

CORRECTION, REPLY = UUID(int=20), UUID(int=30)
ANSWERS = [Answer(index=0, corrected="I have a cat."), Answer(index=1, perfect=True)]


def with_text(**changes: Any) -> FakeCommunity:
    community = FakeCommunity()
    community.texts.rows[TEXT] = text(**changes)
    return community


def names(events: list[Any]) -> list[str]:
    return [type(event).__name__ for event in events]


def submit(community: FakeCommunity, **changes: Any) -> None:
    facts = {
        "submission_id": TEXT,
        "writer_id": WRITER,
        "text": "I has a cat.",
        "language": "en",
        "question": "",
        "now": NOW,
    }
    community.submitting.submit(**{**facts, **changes})


def reserve(community: FakeCommunity, **changes: Any) -> None:
    facts = {
        "submission_id": TEXT,
        "writer_id": WRITER,
        "text": "I has a cat.",
        "language": "en",
        "level": "A1",
        "prompt": "Your pet",
        "now": NOW,
    }
    community.submitting.keep_draft(**{**facts, **changes})


def correct(community: FakeCommunity, **changes: Any) -> None:
    facts = {
        "correction_id": CORRECTION,
        "submission_id": TEXT,
        "corrector_id": CORRECTOR,
        "answers": ANSWERS,
        "comment": "Well done.",
        "now": NOW,
    }
    community.correcting.correct(**{**facts, **changes})


def corrected() -> tuple[FakeCommunity, UUID]:
    """Return a community with a corrected text, and the id of its edit."""
    community = with_text()
    community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)
    correct(community)
    community.corrections.events.clear()
    community.standings.earned.clear()
    [edit_id] = community.corrections.edits
    return community, edit_id
