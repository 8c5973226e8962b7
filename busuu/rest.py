"""The REST API: every context's endpoints, and the event log for staff."""

from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.http import serializers
from contexts.shared.http.errors import SecondFactorNeeded
from contexts.shared.http.permissions import role_required
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.messaging import queries as event_log


class EventSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    type = serializers.CharField()
    subject = serializers.CharField()
    time = serializers.DateTimeField()
    data = serializers.DictField()  # type: ignore[assignment]
    handled_by = serializers.ListField(child=serializers.CharField())


class EventListSerializer(serializers.Serializer):
    results = EventSerializer(many=True)


class EventLog(ApiView):
    """List the events about a subject, and the subscribers that have handled each; for staff."""

    operations = {"GET": "list_events_about"}
    permission_classes = [role_required("support", "admin")]
    serializer_class = EventListSerializer
    pagination_class = None

    @refuses(SecondFactorNeeded)
    def get(self, request: Request, subject: str) -> Response:
        stories = [event_log.story_of(subject, using=alias) for alias in all_aliases()]
        events = (event for story in stories for event in story)
        # A reaction has the instant of its cause, and a later id.
        ordered = sorted(events, key=lambda event: (event.occurred_at, event.id))
        handled = event_log.handled_by([event.id for event in ordered], aliases=all_aliases())
        return Response(
            {"results": [_event(event, handled.get(event.id, [])) for event in ordered]}
        )


def _event(event: Any, handled_by: list[str]) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.name,
        "subject": event.subject,
        "time": event.occurred_at,
        "data": event.data,
        "handled_by": handled_by,
    }


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("contexts.courses.rest.urls")),
    path("", include("contexts.identity.rest.urls")),
    path("", include("contexts.community.rest.urls")),
    path("", include("contexts.tutoring.rest.urls")),
    path("", include("contexts.billing.rest.urls")),
    path("events/<str:subject>", EventLog.as_view(), name="event-log"),
]


class OnceDescribed(SchemaGenerator):
    """Builds the description once: it takes a second and does not change while the code runs."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        return _described()


def described() -> Any:
    """Return OpenAPI 3.1 as data, in English whatever the language of the thread."""
    with translation.override("en"):
        return SchemaGenerator().get_schema(public=True)


_described = cache(described)


class Description(SpectacularAPIView):
    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        # The base class takes any `lang`, and Django would cache each for good.
        return self._get_schema_response(request)


schema = Description.as_view(
    permission_classes=[AllowAny], authentication_classes=[], generator_class=OnceDescribed
)
docs = SpectacularSwaggerSplitView.as_view(
    url_name="openapi",
    template_name="docs.html",
    permission_classes=[AllowAny],
    authentication_classes=[],
    renderer_classes=[TemplateHTMLRenderer],
)
