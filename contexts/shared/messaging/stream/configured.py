"""What settings say about the stream."""

from typing import Any
from urllib.parse import unquote

from django.conf import settings


class NotConfigured(RuntimeError):
    """Nobody has said where Kafka is, or not in a form that is understood."""


def is_streamed(context: str) -> bool:
    """Whether what this context publishes from now on goes to the stream, too."""
    return bool(settings.STREAM["BROKERS"]) and context in settings.STREAM["CONTEXTS"]


def topic_of(context: str) -> str:
    return f"{settings.STREAM['PREFIX']}.{context}.v1"


def client_options() -> dict[str, Any]:
    """What every client of Kafka is told. Raises NotConfigured."""
    if not settings.STREAM["BROKERS"]:
        raise NotConfigured("KAFKA_URL is not set: there is no public stream")
    return {**broker_options(settings.STREAM["BROKERS"]), **settings.STREAM["OPTIONS"]}


def broker_options(url: str) -> dict[str, str]:
    """librdkafka's settings for `kafka[+ssl]://[user:password@]host:port[,host:port …]`.

    Raises NotConfigured for anything else.
    """
    scheme, _, rest = url.partition("://")
    credentials, _, hosts = rest.rstrip("/").rpartition("@")
    if scheme not in {"kafka", "kafka+ssl"} or not hosts:
        raise NotConfigured("KAFKA_URL must be kafka[+ssl]://[user:password@]host:port[,host:port]")
    protocol = "SSL" if scheme == "kafka+ssl" else "PLAINTEXT"
    found = {"bootstrap.servers": hosts, "security.protocol": protocol}
    if credentials:
        user, _, password = credentials.partition(":")
        found["security.protocol"] = f"SASL_{protocol}"
        found["sasl.mechanism"] = "PLAIN"
        found["sasl.username"], found["sasl.password"] = unquote(user), unquote(password)
    return found
