"""Community over REST: texts, turns at them, corrections and what comes of them."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import api, queries
from contexts.community.rest import serializers
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import UnknownLanguage, new_id, now
from contexts.shared.language import EditsRefused


class MyMembership(ApiView):
    """What community knows of the caller, by the events of the other contexts."""

    operations = {"GET": "get_membership"}
    serializer_class = serializers.MembershipSerializer

    @refuses(queries.MemberUnknown)
    def get(self, request: Request) -> Response:
        return Response(queries.membership(self.actor.known_id))


class Submissions(ListView):
    """The caller's own texts, newest first."""

    operations = {"GET": "list_submissions", "POST": "submit_text"}
    serializer_class = serializers.TextSummarySerializer
    filterset_class = queries.TextFilter
    ordering = ("-created_at", "-id")

    def get_queryset(self) -> Any:
        return queries.texts_of(self.actor.known_id)

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return queries.text_summaries(page)

    @extend_schema(
        request=serializers.SubmitSerializer,
        responses={201: serializers.TextSummarySerializer},
    )
    @idempotent
    @refuses(api.TextEmpty, api.TextTooLong, api.ContactDetails, UnknownLanguage, api.DailyLimit)
    def post(self, request: Request) -> Response:
        """Offer a text to those who speak its language natively."""
        given = _checked(serializers.SubmitSerializer, request)
        writer_id = self.actor.known_id
        submission_id = api.submit(submission_id=new_id(), writer_id=writer_id, now=now(), **given)
        shown = queries.own_summary(submission_id, writer_id=writer_id)
        return Response(shown, status=201)


class Submission(ApiView):
    """A text with its machine draft and its corrections side by side."""

    operations = {"GET": "get_submission", "PATCH": "rewrite_submission"}
    serializer_class = serializers.TextDetailSerializer

    @refuses(api.SubmissionNotFound)
    def get(self, request: Request, submission: UUID) -> Response:
        return Response(queries.text(submission, seen_by=self.actor.known_id, now=now()))

    @extend_schema(
        request=serializers.RewriteSerializer,
        responses={200: serializers.TextSummarySerializer},
    )
    @refuses(api.SubmissionNotFound, api.TextLocked, api.TextEmpty, api.TextTooLong)
    def patch(self, request: Request, submission: UUID) -> Response:
        """Put another text in the place of one that nobody corrects or has corrected."""
        given = _checked(serializers.RewriteSerializer, request)
        writer_id = self.actor.known_id
        api.rewrite(submission_id=submission, writer_id=writer_id, now=now(), **given)
        return Response(queries.own_summary(submission, writer_id=writer_id))


class Withdrawal(ApiView):
    """Take a text back: from then on it is its writer's alone."""

    operations = {"POST": "withdraw_submission"}
    serializer_class = None

    @extend_schema(request=None, responses={204: None})
    @idempotent
    @refuses(api.SubmissionNotFound)
    def post(self, request: Request, submission: UUID) -> Response:
        api.withdraw(submission_id=submission, writer_id=self.actor.known_id)
        return Response(status=204)


class Feed(ListView):
    """What the caller may correct; nobody's second correction before everybody's first."""

    operations = {"GET": "list_feed"}
    serializer_class = serializers.TextSummarySerializer
    filterset_class = queries.FeedFilter
    ordering = ("-ranked_at", "-id")

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            # The feed asks for the caller's languages first; the schema needs only its columns.
            return queries.texts_of(self.actor.known_id)
        return queries.feed(self.actor.known_id, now=now())

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return queries.feed_summaries(page)


class Turn(ApiView):
    """The caller's ten minutes at a text."""

    operations = {"POST": "take_submission", "DELETE": "release_submission"}
    serializer_class = serializers.TurnSerializer

    @extend_schema(request=None)
    @idempotent
    @refuses(api.SubmissionNotFound, api.OwnText, api.AlreadyCorrected, api.NotOffered, api.Taken)
    def post(self, request: Request, submission: UUID) -> Response:
        """Take a text, or ten more minutes for one that is taken by the caller."""
        member_id = self.actor.known_id
        api.take(submission_id=submission, member_id=member_id, now=now())
        return Response(_turn(submission, member_id))

    @extend_schema(responses={204: None})
    @refuses(api.SubmissionNotFound, api.OwnText)
    def delete(self, request: Request, submission: UUID) -> Response:
        """Give the text back to the others."""
        api.release(submission_id=submission, member_id=self.actor.known_id)
        return Response(status=204)


class NextTurn(ApiView):
    """Take the text that needs the caller most, or keep the one in hand."""

    operations = {"POST": "take_next_submission"}
    serializer_class = serializers.TurnSerializer

    @extend_schema(request=None)
    @idempotent
    @refuses(api.NothingToCorrect)
    def post(self, request: Request) -> Response:
        member_id = self.actor.known_id
        return Response(_turn(api.take_next(member_id=member_id, now=now()), member_id))


class Corrections(ApiView):
    """Answer every sentence of the text in hand."""

    operations = {"POST": "correct_submission"}
    serializer_class = serializers.CorrectSerializer

    @extend_schema(responses={201: serializers.CreatedSerializer})
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
        given = self.body(request)
        correction_id = api.correct(
            correction_id=new_id(),
            submission_id=submission,
            corrector_id=self.actor.known_id,
            answers=[api.answer_of(one) for one in given["sentences"]],
            comment=given["comment"],
            now=now(),
        )
        return Response({"id": correction_id}, status=201)


class Acceptance(ApiView):
    """Take an edit over, as the writer."""

    operations = {"POST": "accept_edit"}
    serializer_class = None

    @extend_schema(request=None, responses={204: None})
    @idempotent
    @refuses(api.EditNotFound, api.AlreadyDecided)
    def post(self, request: Request, edit: UUID) -> Response:
        api.accept(edit_id=edit, writer_id=self.actor.known_id, now=now())
        return Response(status=204)


class Dispute(ApiView):
    """Disagree with an edit, as the writer."""

    operations = {"POST": "dispute_edit"}
    serializer_class = serializers.DisputeSerializer

    @extend_schema(responses={204: None})
    @idempotent
    @refuses(api.EditNotFound, api.AlreadyDecided, api.ContactDetails)
    def post(self, request: Request, edit: UUID) -> Response:
        given = self.body(request)
        api.dispute(edit_id=edit, writer_id=self.actor.known_id, now=now(), **given)
        return Response(status=204)


class Replies(ApiView):
    """Talk about an edit, as its writer or its corrector."""

    operations = {"POST": "reply_to_edit"}
    serializer_class = serializers.SaySerializer

    @extend_schema(responses={201: serializers.CreatedSerializer})
    @idempotent
    @refuses(api.EditNotFound, api.DailyLimit, api.ContactDetails)
    def post(self, request: Request, edit: UUID) -> Response:
        given = self.body(request)
        author_id = self.actor.known_id
        reply_id = api.reply(
            reply_id=new_id(), edit_id=edit, author_id=author_id, now=now(), **given
        )
        return Response({"id": reply_id}, status=201)


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


def _checked(serializer: Any, request: Request) -> dict[str, Any]:
    asked = serializer(data=request.data)
    asked.is_valid(raise_exception=True)
    data: dict[str, Any] = asked.validated_data
    return data


def _turn(submission_id: UUID, member_id: UUID) -> dict[str, Any]:
    until = queries.leased_until(submission_id, member_id=member_id)
    return {"submission": submission_id, "leased_until": until}
