"""Free slots over REST."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.derived import serializer_of
from contexts.shared.http.openapi import InvalidRequest
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now
from contexts.tutoring import api, queries
from contexts.tutoring.rest.windows import WindowSerializer


class Slots(ApiView):
    """A tutor's free slots in a window of at most 31 days."""

    operations = {"GET": "list_slots"}
    serializer_class = serializer_of(queries.Slots)
    parameters = WindowSerializer

    @refuses(InvalidRequest, api.TutorNotFound)
    def get(self, request: Request, tutor: UUID) -> Response:
        moment = now()
        window = self.params(request, **{"from": moment.isoformat()})
        found = queries.slots_of(tutor, asker_id=self.actor.known_id, **window, now=moment)
        return Response(found)
