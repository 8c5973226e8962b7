"""The settings of the stream."""

from typing import Any
from urllib.parse import unquote

from django.conf import settings


class NotConfigured(RuntimeError):
    """KAFKA_URL is missing or malformed."""


def is_streamed(context: str) -> bool:
    """Whether new events of this context also go to the stream."""
    return bool(settings.STREAM["BROKERS"]) and context in settings.STREAM["CONTEXTS"]


def topic_of(context: str) -> str:
    return f"{settings.STREAM['PREFIX']}.{context}.v1"


def client_options() -> dict[str, Any]:
    """Return the options of every Kafka client. Raises NotConfigured."""
    if not settings.STREAM["BROKERS"]:
        raise NotConfigured("KAFKA_URL is not set: there is no public stream")
    return {**broker_options(settings.STREAM["BROKERS"]), **settings.STREAM["OPTIONS"]}


def broker_options(url: str) -> dict[str, str]:
    """Return librdkafka's options for `kafka[+ssl]://[user:password@]host:port[,host:port …]`.

    Raises NotConfigured if the URL has another form.
    """
    scheme, _, rest = url.partition("://")
    credentials, _, hosts = rest.rstrip("/").rpartition("@")
    if scheme not in {"kafka", "kafka+ssl"} or not hosts:
        raise NotConfigured("KAFKA_URL must be kafka[+ssl]://[user:password@]host:port[,host:port]")
    protocol = "SSL" if scheme == "kafka+ssl" else "PLAINTEXT"
    options = {"bootstrap.servers": hosts, "security.protocol": protocol}
    if credentials:
        user, _, password = credentials.partition(":")
        options["security.protocol"] = f"SASL_{protocol}"
        options["sasl.mechanism"] = "PLAIN"
        options["sasl.username"], options["sasl.password"] = unquote(user), unquote(password)
    return options
