"""The stream of notifications: server-sent events, in the ASGI process alone."""

from collections.abc import AsyncIterator
from typing import cast

import orjson
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from prometheus_client import Gauge

from contexts.community import api, queries
from contexts.community.web.hub import Hub
from contexts.shared.http.errors import Unavailable
from contexts.shared.http.problems import error_response
from contexts.shared.kernel import DomainError, Invalid, now

_LONGEST_NUMBER = 18
_RETRY_MILLISECONDS = 2000
_hub = Hub()
Gauge("busuu_streams_open", "Open streams of this process.").set_function(_hub.count)


class InvalidEventId(Invalid):
    code = "invalid_event_id"
    message = "Last-Event-ID must be the id of an event of this stream."


class TooManyStreams(Unavailable):
    """This process serves as many streams as it may. Its ticket stays valid for another try."""

    default_code = "too_many_streams"


class WrongDoor(Invalid):
    code = "no_streams_here"
    message = "Another process serves streams. Use the address that came with the ticket."


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Stream notifications, after Last-Event-ID (or `after`) if given.

    The ticket is used up: a client that reconnects asks for another one. The stream ends with its
    session, and after STREAM_LONGEST.
    """
    try:
        if not isinstance(request, ASGIRequest):
            raise WrongDoor
        after = _last_seen(request)
        _refuse_one_too_many()
        ticket = request.GET.get("ticket", "")
        opened = await _hub.read(lambda: api.redeem_ticket(ticket=ticket, now=now()))
    except (DomainError, TooManyStreams) as refused:
        return cast(HttpResponseBase, error_response(refused))
    response = StreamingHttpResponse(_events(opened, after), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _refuse_one_too_many() -> None:
    if _hub.count() >= settings.STREAMS_PER_PROCESS:
        raise TooManyStreams


def _last_seen(request: HttpRequest) -> int | None:
    given = request.headers.get("Last-Event-ID") or request.GET.get("after")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= _LONGEST_NUMBER):
        raise InvalidEventId
    return int(given)


async def _events(opened: api.Ticket, after: int | None) -> AsyncIterator[bytes]:
    yield b"retry: %d\n\n" % _RETRY_MILLISECONDS
    async for shown in _hub.follow(opened.member_id, after=after, session_id=opened.session_id):
        yield b": still here\n\n" if shown is None else _event(shown)


def _event(shown: queries.Notification) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (
        shown.number,
        shown.kind.encode(),
        orjson.dumps(shown),
    )
