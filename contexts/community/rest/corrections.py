"""Corrections over REST."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import api
from contexts.community.rest.submissions import LONGEST_SENT
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import new_id, now
from contexts.shared.kernel.shapes import OMITTED, VERBATIM
from contexts.shared.language import Category, EditsRefused

LONGEST_REMARK = 2_000
Position = Annotated[int, Ge(0), Le(LONGEST_SENT)]
# An edit may insert or delete, so either side may be empty.
Part = Annotated[str, MinLen(0), MaxLen(LONGEST_SENT), VERBATIM]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedEdit:
    start: Position
    end: Position
    old: Part
    new: Part
    category: Category = OMITTED
    reason: Annotated[str, MaxLen(500)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceAnswer:
    """An answer about a sentence: perfect, edits in order, or the corrected sentence."""

    index: Position
    perfect: bool = False
    edits: list[ProposedEdit] = OMITTED
    corrected: Annotated[str, MaxLen(LONGEST_SENT), VERBATIM] = OMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    sentences: Annotated[list[SentenceAnswer], MinLen(1), MaxLen(api.LONGEST_TEXT)]
    comment: Annotated[str, MaxLen(LONGEST_REMARK)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    id: UUID


class Corrections(ApiView):
    """Answer every sentence of the text in hand."""

    operations = {"POST": "correct_submission"}
    serializer_class = body_of(Correct)

    @extend_schema(responses={201: serializer_of(Created)})
    @idempotent
    @refuses(
        api.SubmissionNotFound,
        api.OwnText,
        api.AlreadyCorrected,
        api.NotTaken,
        api.Taken,
        api.DailyLimit,
        api.SentencesDiffer,
        api.PerfectWithEdits,
        api.NothingChanged,
        EditsRefused,
        api.ContactDetails,
    )
    def post(self, request: Request, submission: UUID) -> Response:
        body = self.body(request)
        correction_id = api.correct(
            correction_id=new_id(),
            submission_id=submission,
            corrector_id=self.actor.known_id,
            answers=[to_answer(sentence) for sentence in body["sentences"]],
            comment=body["comment"],
            now=now(),
        )
        return Response(Created(id=correction_id), status=201)


class Thanks(ApiView):
    """Thank for a correction, as the writer."""

    operations = {"POST": "thank_for_correction"}
    serializer_class = None

    @extend_schema(request=None, responses={204: None})
    @idempotent
    @refuses(api.CorrectionNotFound)
    def post(self, request: Request, correction: UUID) -> Response:
        api.thank(correction_id=correction, writer_id=self.actor.known_id, now=now())
        return Response(status=204)


def to_answer(sentence: Mapping[str, Any]) -> api.Answer:
    """Return the answer that a checked SentenceAnswer says."""
    return api.Answer(
        index=sentence["index"],
        perfect=sentence.get("perfect", False),
        edits=tuple(_proposed(edit) for edit in sentence.get("edits") or ()),
        corrected=sentence.get("corrected"),
    )


def _proposed(edit: Mapping[str, Any]) -> api.Proposed:
    category = Category(edit["category"]) if edit.get("category") else None
    return api.Proposed(**{**edit, "category": category})
