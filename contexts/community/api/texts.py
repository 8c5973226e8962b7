"""Texts, turns at them, corrections and drafts: the composition root of the write side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.community.adapters.corrections import OrmCorrections
from contexts.community.adapters.drafts import OrmDrafts, configured_engine
from contexts.community.adapters.limits import ConfiguredLimits
from contexts.community.adapters.standings import OrmStandings
from contexts.community.adapters.submissions import OrmSubmissions
from contexts.community.application.correcting import Correcting
from contexts.community.application.drafting import Drafting
from contexts.community.application.routing import Routing
from contexts.community.application.submitting import Submitting
from contexts.community.domain.corrections import Answer, Proposed
from contexts.community.domain.reviewing import EditNotFound
from contexts.community.models import Edit
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id
from contexts.shared.language import Category, apply
from contexts.shared.language import Edit as TextEdit

atomic = for_context("community")
_submissions, _limits = OrmSubmissions(), ConfiguredLimits()
_submitting = Submitting(submissions=_submissions, limits=_limits)
_routing = Routing(submissions=_submissions)
_correcting = Correcting(
    submissions=_submissions,
    corrections=OrmCorrections(),
    standings=OrmStandings(),
    limits=_limits,
)
_drafting = Drafting(drafts=OrmDrafts(), engine=configured_engine, atomic=atomic)

keep_draft = atomic(_submitting.keep_draft)
open_draft = atomic(_submitting.open_draft)
submit = atomic(_submitting.submit)
rewrite = atomic(_submitting.rewrite)
withdraw = atomic(_submitting.withdraw)
sweep = atomic(_submitting.sweep)
take = atomic(_routing.take)
release = atomic(_routing.release)
_take_next = atomic(_routing.take_next)
correct = atomic(_correcting.correct)
accept = atomic(_correcting.accept)
dispute = atomic(_correcting.dispute)
reply = atomic(_correcting.reply)
thank = atomic(_correcting.thank)
make_draft = _drafting.make_draft
prepare_drafts = _drafting.prepare


def take_next(*, member_id: UUID, now: datetime) -> UUID:
    """Get ten minutes for the text that needs it most. Raises NothingToCorrect."""
    # An id is as good as a die: each third turn is another kind of turn.
    return _take_next(member_id=member_id, turn=new_id().int, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedEdit:
    """An edit that a writer took over: `corrected` is `sentence` with this one edit made."""

    edit_id: UUID
    submission_id: UUID
    writer_id: UUID
    language: str
    sentence: str
    corrected: str
    old: str
    new: str
    category: str
    reason: str


def accepted_edit(*, edit_id: UUID) -> AcceptedEdit:
    """What a writer took over. Raises EditNotFound, also for an edit that nobody accepted."""
    found = Edit.objects.select_related("submission").filter(pk=edit_id, state="accepted")
    row = found.first()
    if row is None:
        raise EditNotFound
    start, end = row.submission.sentences[row.sentence]
    sentence = row.submission.text[start:end]
    edit = TextEdit(row.start, row.end, row.old, row.new, Category(row.category))
    return AcceptedEdit(
        edit_id=row.pk,
        submission_id=row.submission_id,
        writer_id=row.submission.writer_id,
        language=row.submission.language,
        sentence=sentence,
        corrected=apply(sentence, [edit]),
        old=row.old,
        new=row.new,
        category=row.category,
        reason=row.reason,
    )


def answer_of(given: Mapping[str, Any]) -> Answer:
    """What is said of a sentence, as the entry points take it."""
    edits = [
        Proposed(**{**one, "category": Category(one["category"]) if one.get("category") else None})
        for one in given.get("edits") or ()
    ]
    return Answer(
        index=given["index"],
        perfect=given.get("perfect", False),
        edits=tuple(edits),
        corrected=given.get("corrected"),
    )
