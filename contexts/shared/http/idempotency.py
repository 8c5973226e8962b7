"""The Idempotency-Key header: repeated requests have one effect and get the same answer."""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.database.transactions.idempotency import Key, KeyReused, claimed_key
from contexts.shared.http.refusals import refuses

HEADER = "Idempotency-Key"
MAX_LENGTH = 128


class MalformedKey(ParseError):
    default_code = "malformed_idempotency_key"
    default_detail = f"An Idempotency-Key is 1 to {MAX_LENGTH} visible ASCII characters."


def idempotent(method: Callable[..., Response]) -> Callable[..., Response]:
    """Return the view method with its first command run once per key of the caller."""

    @functools.wraps(method)
    def post(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        with claimed_key(key_of(request._request, request.user)):
            return method(view, request, *args, **kwargs)

    post.__dict__["takes_key"] = True
    return refuses(MalformedKey, KeyReused)(post)


def key_of(request: HttpRequest, actor: Any) -> Key | None:
    """Return the request's key, None if the caller is not signed in. Raises MalformedKey."""
    value = request.headers.get(HEADER)
    if value is None or not actor.is_authenticated:
        return None
    if not 1 <= len(value) <= MAX_LENGTH or not all("!" <= char <= "~" for char in value):
        raise MalformedKey
    return Key(owner=str(actor.id), value=value, fingerprint=_fingerprint(request))


def _fingerprint(request: HttpRequest) -> str:
    head = (request.method or "").encode() + b"\n" + request.path.encode() + b"\n"
    return hashlib.sha256(head + request.body).hexdigest()
