"""The caller's own texts over REST."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import api, queries
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import Level, UnknownLanguage, new_id, now
from contexts.shared.kernel.shapes import OMITTED, VERBATIM

# A browser may send combining marks that NFC joins.
LONGEST_SENT = 4 * api.LONGEST_TEXT
TextSent = Annotated[str, MaxLen(LONGEST_SENT), VERBATIM]
_TextSummary = serializer_of(queries.TextSummary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    text: TextSent
    language: Annotated[str, MaxLen(35), "BCP 47."]
    level: Annotated[Level, "The writer's own in this language unless named."] = OMITTED
    question: Annotated[str, MaxLen(500)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    text: TextSent


class Submissions(ListView):
    """The caller's own texts, newest first."""

    operations = {"GET": "list_submissions", "POST": "submit_text"}
    serializer_class = _TextSummary
    filterset_class = queries.TextFilter
    ordering = ("-created_at", "-id")

    def get_queryset(self) -> Any:
        return queries.texts_of(self.actor.known_id)

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return queries.text_summaries(page, seen_by=self.actor.known_id)

    @extend_schema(request=body_of(Submit), responses={201: _TextSummary})
    @idempotent
    @refuses(api.TextEmpty, api.TextTooLong, api.ContactDetails, UnknownLanguage, api.DailyLimit)
    def post(self, request: Request) -> Response:
        """Offer a text to native speakers of its language."""
        writer_id, body = self.actor.known_id, self.body(request, Submit)
        submission_id = api.submit(submission_id=new_id(), writer_id=writer_id, now=now(), **body)
        summary = queries.own_summary(submission_id, writer_id=writer_id)
        return Response(summary, status=201)


class Submission(ApiView):
    """A text with its machine draft and its corrections side by side."""

    operations = {"GET": "get_submission", "PATCH": "rewrite_submission"}
    serializer_class = serializer_of(queries.TextDetail)

    @refuses(api.SubmissionNotFound)
    def get(self, request: Request, submission: UUID) -> Response:
        return Response(queries.text(submission, seen_by=self.actor.known_id, now=now()))

    @extend_schema(request=body_of(Rewrite), responses={200: _TextSummary})
    @refuses(api.SubmissionNotFound, api.TextLocked, api.TextEmpty, api.TextTooLong)
    def patch(self, request: Request, submission: UUID) -> Response:
        """Replace a text that nobody is correcting or has corrected."""
        writer_id, body = self.actor.known_id, self.body(request, Rewrite)
        api.rewrite(submission_id=submission, writer_id=writer_id, now=now(), **body)
        return Response(queries.own_summary(submission, writer_id=writer_id))


class Withdrawal(ApiView):
    """Withdraw a text. After that only its writer sees it."""

    operations = {"POST": "withdraw_submission"}
    serializer_class = None

    @extend_schema(request=None, responses={204: None})
    @idempotent
    @refuses(api.SubmissionNotFound)
    def post(self, request: Request, submission: UUID) -> Response:
        api.withdraw(submission_id=submission, writer_id=self.actor.known_id)
        return Response(status=204)
