"""Bearer tokens (RFC 6750) to Actors. The setting ACTOR_AUTHENTICATOR names identity's check."""

import hmac
from collections.abc import Callable
from functools import cache
from typing import cast

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from contexts.shared.http import lagging
from contexts.shared.http.actor import Actor, anonymous
from contexts.shared.http.pace import pace

_LONGEST = 4_096

Authenticator = Callable[[str], Actor | None]


@cache
def _authenticator() -> Authenticator:
    return cast(Authenticator, import_string(settings.ACTOR_AUTHENTICATOR))


class InvalidToken(AuthenticationFailed):
    default_code = "invalid_token"
    default_detail = "This access token is invalid or has expired. Sign in again."


def actor_of(request: HttpRequest) -> Actor:
    """Return the request's caller. Raises InvalidToken for a bad header, Throttled if too fast."""
    header = request.headers.get("Authorization")
    if header is None:
        lagging.met(request, anonymous())
        return anonymous()
    scheme, _, token = header.partition(" ")
    actor = _checked(token.strip()) if scheme.lower() == "bearer" else None
    if actor is None:
        raise InvalidToken
    if actor.session_id:
        pace.take(actor.session_id)
    structlog.contextvars.bind_contextvars(user=_pseudonym(actor))
    lagging.met(request, actor)
    return actor


def _pseudonym(actor: Actor) -> str:
    """Return a text that groups a person's log lines and cannot be traced back to the person."""
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, str(actor.id).encode(), "sha256")[:8].hex()


def _checked(token: str) -> Actor | None:
    try:
        return _authenticator()(token) if len(token) <= _LONGEST else None
    except RecursionError:
        # A token's own JSON may be nested as deep as a header is long.
        return None


class ActorAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Actor, None] | None:
        actor = actor_of(request._request)
        return (actor, None) if actor.is_authenticated else None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
