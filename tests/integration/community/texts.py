"""Texts as they are seen."""

from contexts.community import queries
from contexts.community.models import Submission
from contexts.shared.kernel import now


def as_seen(text: Submission, member_id: object) -> queries.TextDetail:
    return queries.text(text.pk, seen_by=member_id, now=now())  # type: ignore[arg-type]
