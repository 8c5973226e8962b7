"""Signatures of webhooks: HMAC-SHA256 over time and body, in a header like `t=...,v1=...`."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from contexts.billing.api import NoticeRefused

HEADER = "Sandbox-Signature"
TOLERANCE_SECONDS = 300
_LONGEST = 1000


def secret() -> str:
    """Return the webhook secret. It is derived from SECRET_KEY, so only this server can sign."""
    return hashlib.sha256(b"sandbox-webhooks:" + settings.SECRET_KEY.encode()).hexdigest()


def sign(body: bytes, *, secret: str, now: datetime) -> str:
    """Return the header's value for a body that is sent now."""
    at = int(now.timestamp())
    return f"t={at},v1={_digest(body, secret=secret, at=str(at))}"


def check(header: str, body: bytes, *, secret: str, now: datetime) -> None:
    """Raises NoticeRefused if the signature is missing, wrong, or older than five minutes."""
    parts = [part.partition("=") for part in header[:_LONGEST].split(",")]
    times = [value for name, _, value in parts if name.strip() == "t"]
    digests = [value for name, _, value in parts if name.strip() == "v1"]
    if len(times) != 1 or not digests or not (times[0].isascii() and times[0].isdigit()):
        raise NoticeRefused(why="unsigned")
    expected = _digest(body, secret=secret, at=times[0]).encode()
    if not any(hmac.compare_digest(expected, one.encode()) for one in digests):
        raise NoticeRefused(why="altered")
    if abs(int(now.timestamp()) - int(times[0])) > TOLERANCE_SECONDS:
        raise NoticeRefused(why="stale")


def _digest(body: bytes, *, secret: str, at: str) -> str:
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
