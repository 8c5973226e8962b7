"""Sends traces to the OTLP collector that OTEL_EXPORTER_OTLP_ENDPOINT names."""

import os

from django.core.exceptions import ImproperlyConfigured

from contexts.shared import tracing


def install() -> None:
    """Switch tracing on. Does nothing without an endpoint.

    Raises ImproperlyConfigured if the extra `observability` is missing.
    """
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise ImproperlyConfigured(
            "traces need the extra: pip install '.[observability]'"
        ) from None
    os.environ["OTEL_SERVICE_NAME"] = os.environ.get("OTEL_SERVICE_NAME") or "busuu"
    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    tracing.switch_on(provider.get_tracer("busuu"))
