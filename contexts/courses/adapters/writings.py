"""Community keeps what learners write."""

from datetime import datetime
from uuid import UUID

from contexts.community import api as community


class CommunityWritings:
    def keep(
        self,
        *,
        submission_id: UUID,
        writer_id: UUID,
        text: str,
        language: str,
        level: str,
        prompt: str,
        now: datetime,
    ) -> None:
        community.keep_draft(
            submission_id=submission_id,
            writer_id=writer_id,
            text=text,
            language=language,
            level=level,
            prompt=prompt,
            now=now,
        )
