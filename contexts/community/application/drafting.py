"""A machine's draft: the text is read, the engine asked outside any transaction, the draft kept."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from contexts.community.application.ports import DraftEngine, Drafts, Written
from contexts.community.domain.drafts import Draft

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., None])

_NOBODYS = Written(
    submission_id=UUID(int=0),
    language="en",
    writers_languages=(),
    sentences=("This is a text that nobodyy wrote.",),
    text_hash="",
)


@dataclass(frozen=True)
class Drafting:
    """`atomic` makes a transaction of what it is given."""

    drafts: Drafts
    engine: Callable[[], DraftEngine]
    atomic: Callable[[Callable[..., None]], Callable[..., None]]

    def make_draft(self, *, submission_id: UUID) -> None:
        """Mark what the engine can; when it fails, the text stays and its draft is unavailable."""
        written = self.drafts.written(submission_id)
        if written is not None:
            self.atomic(self.drafts.keep)(written, self._draft(written))

    def prepare(self) -> None:
        """Have the engine load what the first text of this process would wait for."""
        self._draft(_NOBODYS)

    def _draft(self, written: Written) -> Draft | None:
        try:
            return self.engine().draft(written)
        # An engine may fail in any way; the writer's text does not.
        except Exception:
            log.exception("draft_failed", extra={"submission_id": str(written.submission_id)})
            return None
