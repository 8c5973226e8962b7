"""Calendar feeds at secret addresses."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from contexts.shared.kernel import now
from contexts.tutoring import api


@cache_control(private=True, max_age=300)
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Return a person's lessons as iCalendar; 404 for an unknown address, 304 if unchanged."""
    written = api.calendar(token=token, now=now())
    if written is None:
        raise Http404
    etag = quote_etag(hashlib.sha256(written).hexdigest()[:32])
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
