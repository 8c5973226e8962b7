"""Signed webhooks: HMAC-SHA256 over the time and the body, in a header like `t=...,v1=...`."""

import hashlib
import hmac
from datetime import datetime

from contexts.billing.application.ports import NoticeRefused

TOLERANCE_SECONDS = 300
_LONGEST = 1000


def sign(body: bytes, *, secret: str, now: datetime) -> str:
    """The header's value for a body that is sent now."""
    at = int(now.timestamp())
    return f"t={at},v1={_digest(body, secret=secret, at=str(at))}"


def check(header: str, body: bytes, *, secret: str, now: datetime) -> None:
    """Raises NoticeRefused for what is not signed, not by us, or not lately."""
    parts = [part.partition("=") for part in header[:_LONGEST].split(",")]
    times = [value for name, _, value in parts if name.strip() == "t"]
    given = [value for name, _, value in parts if name.strip() == "v1"]
    if len(times) != 1 or not given or not (times[0].isascii() and times[0].isdigit()):
        raise NoticeRefused(why="unsigned")
    expected = _digest(body, secret=secret, at=times[0]).encode()
    if not any(hmac.compare_digest(expected, one.encode()) for one in given):
        raise NoticeRefused(why="altered")
    if abs(int(now.timestamp()) - int(times[0])) > TOLERANCE_SECONDS:
        raise NoticeRefused(why="stale")


def _digest(body: bytes, *, secret: str, at: str) -> str:
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
