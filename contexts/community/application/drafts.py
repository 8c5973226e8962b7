"""Machine drafts: read the text, ask the engine outside any transaction, store the draft."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from contexts.community.application.ports import DraftEngine, DraftRepository, Written
from contexts.community.domain.drafts import Draft

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., None])

_SAMPLE = Written(
    submission_id=UUID(int=0),
    language="en",
    writers_languages=(),
    sentences=("This is a text that nobodyy wrote.",),
    text_hash="",
)


@dataclass(frozen=True)
class Drafts:
    """`atomic` runs a function in a transaction."""

    drafts: DraftRepository
    engine: Callable[[], DraftEngine]
    atomic: Callable[[Callable[..., None]], Callable[..., None]]

    def make_draft(self, *, submission_id: UUID) -> None:
        """Make a draft. If the engine fails, the draft is stored as unavailable."""
        written = self.drafts.written(submission_id)
        if written is not None:
            self.atomic(self.drafts.keep)(written, self._draft(written))

    def prepare(self) -> None:
        """Let the engine load what the first text of this process would wait for."""
        self._draft(_SAMPLE)

    def _draft(self, written: Written) -> Draft | None:
        try:
            return self.engine().draft(written)
        # An engine may fail in any way; the writer's text must not.
        except Exception:
            log.exception("draft_failed", extra={"submission_id": str(written.submission_id)})
            return None
