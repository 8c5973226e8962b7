"""Reports, automatic hiding, and decisions of moderators."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Literal, get_args
from uuid import UUID

from django.conf import settings

from contexts.community.adapters.limits import ConfiguredLimits
from contexts.community.adapters.members import members
from contexts.community.adapters.submissions import OrmSubmissions
from contexts.community.application.limits import refuse_beyond
from contexts.community.events import MemberKept, MemberRemoved
from contexts.community.models import Case, Correction, Edit, Member, Report, Submission
from contexts.community.queries.submissions import is_visible
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import Invalid, NotFound, new_id
from contexts.shared.messaging.publishing import publish

_submissions, _limits = OrmSubmissions(), ConfiguredLimits()
Kind = Literal["submission", "correction", "member"]
Reason = Literal["spam", "abuse", "not_here_to_learn", "contact_details", "wrong", "other"]
KINDS: tuple[str, ...] = get_args(Kind)
REASONS: tuple[str, ...] = get_args(Reason)


class SubjectNotFound(NotFound):
    code = "report_subject_not_found"
    message = "Not found."


class OwnDoing(Invalid):
    code = "own_doing"
    message = "You cannot report yourself."


class CaseNotFound(NotFound):
    code = "case_not_found"
    message = "Not found."


def report(
    *,
    report_id: UUID,
    reporter_id: UUID,
    kind: str,
    subject_id: UUID,
    reason: str,
    comment: str,
    now: datetime,
) -> UUID:
    """Report a text, a correction or a member, with a copy of its present content.

    A second report by the same member returns the first. Enough reports by different members
    hide the subject until a moderator decides. Raises SubjectNotFound, OwnDoing, DailyLimit.
    """
    _limits.one_at_a_time(reporter_id)
    case = _case(kind, subject_id, reporter_id, now)
    identity = {"kind": kind, "subject_id": subject_id}
    row = lock_row(case, using=alias_of("community"), **identity)
    before = Report.objects.filter(case=row, reporter_id=reporter_id).first()
    if before is not None:
        return before.pk
    _within_limit(reporter_id, now)
    Report.objects.create(
        id=report_id,
        case=row,
        reporter_id=reporter_id,
        reason=reason,
        comment=comment.strip(),
        evidence=_evidence(kind, subject_id),
        created_at=now,
    )
    _count(row, now)
    return report_id


def decide(*, case_id: UUID, remove: bool, moderator_id: UUID, now: datetime) -> None:
    """Keep the reported subject, or remove it for all but its author. Raises CaseNotFound.

    Removing a member suspends their account, and keeping them afterwards restores it.
    """
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise CaseNotFound
    _moderate(case, "removed" if remove else "")
    if case.kind == "member":
        _tell_identity(case, remove=remove, now=now)
    case.state = "removed" if remove else "kept"
    case.decided_at, case.decided_by_id = now, moderator_id
    case.save(update_fields=["state", "decided_at", "decided_by_id"])


def _tell_identity(case: Case, *, remove: bool, now: datetime) -> None:
    member_id, was_removed = case.subject_id, case.state == "removed"
    if remove and not was_removed:
        reason = _main_reason(case)
        publish(
            [MemberRemoved(occurred_at=now, case_id=case.pk, member_id=member_id, reason=reason)]
        )
    if was_removed and not remove:
        publish([MemberKept(occurred_at=now, case_id=case.pk, member_id=member_id)])


def _main_reason(case: Case) -> str:
    reasons = Report.objects.filter(case=case).values_list("reason", flat=True)
    return max(Counter(reasons).items(), key=lambda one: one[1], default=("other", 0))[0]


def _case(kind: str, subject_id: UUID, reporter_id: UUID, now: datetime) -> Case:
    about_id, submission_id = _whose(kind, subject_id, reporter_id)
    if about_id == reporter_id:
        raise OwnDoing
    return Case(
        id=new_id(),
        kind=kind,
        subject_id=subject_id,
        about_id=about_id,
        submission_id=submission_id,
        opened_at=now,
    )


def _whose(kind: str, subject_id: UUID, reporter_id: UUID) -> tuple[UUID | None, UUID | None]:
    if kind == "member":
        if not Member.objects.filter(pk=subject_id).exists():
            raise SubjectNotFound
        return subject_id, None
    about_id, text = _subject(kind, subject_id)
    apart = about_id is not None and members.are_apart(reporter_id, about_id)
    if apart or not is_visible(text, reporter_id):
        raise SubjectNotFound
    return about_id, text.pk


def _subject(kind: str, subject_id: UUID) -> tuple[UUID | None, Submission]:
    if kind == "submission":
        text = Submission.objects.filter(pk=subject_id).first()
        if text is None:
            raise SubjectNotFound
        return text.writer_id, text
    corrections = Correction.objects.select_related("submission")
    correction = corrections.filter(pk=subject_id, moderation="").first()
    if correction is None:
        raise SubjectNotFound
    return correction.corrector_id, correction.submission


def _evidence(kind: str, subject_id: UUID) -> dict[str, Any]:
    if kind == "submission":
        text = Submission.objects.get(pk=subject_id)
        return {"text": text.text, "question": text.question}
    if kind == "correction":
        edits = Edit.objects.filter(correction=subject_id).order_by("sentence", "start")
        return {
            "comment": Correction.objects.get(pk=subject_id).comment,
            "edits": list(edits.values("sentence", "new", "reason")),
        }
    return {"display_name": Member.objects.get(pk=subject_id).display_name}


def _count(case: Case, now: datetime) -> None:
    case.reports_count += 1
    # A subject that a moderator kept is reviewed again, but not hidden by numbers.
    enough = case.reports_count >= settings.COMMUNITY["HIDE_AT_REPORTS"]
    if enough and case.state == "open" and case.hidden_at is None and case.decided_at is None:
        _moderate(case, "hidden")
        case.hidden_at = now
    if case.state == "kept":
        case.state = "open"
    case.save(update_fields=["reports_count", "state", "hidden_at"])


def _moderate(case: Case, state: str) -> None:
    if case.kind == "correction":
        Correction.objects.filter(pk=case.subject_id).update(moderation=state)
    if case.kind == "submission":
        text = _submissions.find(case.subject_id)
        if text is not None:
            text.moderate(state)
            _submissions.save(text)


def _within_limit(reporter_id: UUID, now: datetime) -> None:
    made = Report.objects.filter(reporter_id=reporter_id, created_at__gt=now - timedelta(days=1))
    refuse_beyond(_limits.reports, made=made.count())
