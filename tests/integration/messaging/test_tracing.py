"""One trace leads from a request over its event to every subscriber."""

from collections.abc import Callable, Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from rest_framework.test import APIClient

from contexts.identity.models import User
from contexts.shared import tracing
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import UserFactory
from tests.integration.messaging.happenings import hand_over, sealed

pytestmark = pytest.mark.django_db(transaction=True)
OUTSIDE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracing.switch_on(provider.get_tracer("tests"))
    yield kept
    tracing.switch_on(None)


@pytest.fixture
def client(client_for: Callable[[User], APIClient]) -> APIClient:
    return client_for(UserFactory())


def _trace_id(span: ReadableSpan) -> str:
    return format(span.get_span_context().trace_id, "032x")  # type: ignore[union-attr]


class TestATrace:
    def test_goes_from_a_request_to_every_subscriber_of_its_event(
        self, client: APIClient, spans: InMemorySpanExporter
    ) -> None:
        client.patch("/api/v1/me", {"display_name": "Ada"}, headers={"traceparent": OUTSIDE})
        [event] = StoredEvent.objects.filter(name="identity.profile_changed.v1")
        for envelope in sealed():
            hand_over(envelope)

        request, *reactions = spans.get_finished_spans()
        assert request.name == "PATCH api/v1/me"
        assert request.attributes is not None
        assert request.attributes["http.response.status_code"] == 200
        assert {_trace_id(one) for one in (request, *reactions)} == {OUTSIDE.split("-")[1]}
        heard = {one.name for one in reactions}
        assert {"community.refresh_member", "billing.refresh_customer"} <= heard
        assert event.trace.split("-")[1] == OUTSIDE.split("-")[1]
        by_request = request.get_span_context().span_id  # type: ignore[union-attr]
        assert {one.parent.span_id for one in reactions if one.parent} == {by_request}

    def test_begins_anew_where_the_header_is_none(
        self, client: APIClient, spans: InMemorySpanExporter
    ) -> None:
        client.get("/api/v1/me", headers={"traceparent": "00-nonsense"})

        [request] = spans.get_finished_spans()
        assert request.parent is None

    def test_is_not_kept_where_nothing_collects_it(self, client: APIClient) -> None:
        given = {"traceparent": OUTSIDE, "X-Request-ID": "request-of-this-test"}

        client.patch("/api/v1/me", {"display_name": "Ada"}, headers=given)

        [event] = StoredEvent.objects.filter(name="identity.profile_changed.v1")
        assert event.trace == "request-of-this-test"
