"""Calendar feeds over REST."""

from dataclasses import dataclass
from typing import Annotated

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.derived import serializer_of
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now
from contexts.tutoring import api


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    url: Annotated[str, "Secret: its bearer can read the calendar."]


def feed_url(token: str) -> str:
    """Return the address of a feed."""
    return f"{settings.PUBLIC_URL}{reverse('calendar-feed', kwargs={'token': token})}"


class CalendarView(ApiView):
    """The address at which a calendar program reads the caller's lessons."""

    operations = {"POST": "rotate_calendar"}
    serializer_class = serializer_of(Calendar)

    # No Idempotency-Key: stored answers are readable, and this one is a secret.
    @extend_schema(request=None, responses={201: serializer_of(Calendar)})
    def post(self, request: Request) -> Response:
        """Make a new address. The old one stops working."""
        token = api.rotate_calendar(person_id=self.actor.known_id, now=now())
        return Response(Calendar(url=feed_url(token)), status=201)
