"""Reports to the moderators over REST."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import api
from contexts.community.rest.corrections import LONGEST_REMARK, Created
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import new_id, now


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    kind: api.Kind
    subject: UUID
    reason: api.Reason
    comment: Annotated[str, MaxLen(LONGEST_REMARK)] = ""


class Reports(ApiView):
    """Report a text, a correction or a member to the moderators."""

    operations = {"POST": "report"}
    serializer_class = body_of(Report)

    @extend_schema(responses={201: serializer_of(Created)})
    @idempotent
    @refuses(api.SubjectNotFound, api.OwnDoing, api.DailyLimit)
    def post(self, request: Request) -> Response:
        body = self.body(request)
        report_id = api.report(
            report_id=new_id(),
            reporter_id=self.actor.known_id,
            kind=body["kind"],
            subject_id=body["subject"],
            reason=body["reason"],
            comment=body["comment"],
            now=now(),
        )
        return Response(Created(id=report_id), status=201)
