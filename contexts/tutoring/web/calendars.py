"""Calendar feeds at secret addresses."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from contexts.shared.kernel import now
from contexts.tutoring import api


@cache_control(private=True, max_age=300)
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Return a person's lessons as iCalendar; 404 for an unknown address."""
    written = api.calendar(token=token, now=now())
    if written is None:
        raise Http404
    return HttpResponse(written, content_type="text/calendar; charset=utf-8")
