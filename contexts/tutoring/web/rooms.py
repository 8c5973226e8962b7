"""The way into a lesson's room from a calendar, for both participants."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from contexts.shared.http.problems import message_of
from contexts.shared.kernel import DomainError, now
from contexts.tutoring import api, queries


@never_cache
@require_http_methods(["GET", "HEAD"])
@login_required(login_url="tutoring-sign-in")
def lesson_room(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Show a lesson with its way in. A calendar that follows the link does not enter by it."""
    shown = _own(lesson, request)
    is_open = queries.room_is_open(shown, now=now())
    context = {"lesson": shown, "room_is_open": is_open}
    return render(request, "tutoring/room.html", context)


@never_cache
@require_http_methods(["GET"])
@login_required(login_url="tutoring-sign-in")
def enter(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Enter the room, as a participant."""
    shown = _own(lesson, request)
    try:
        room = api.enter_room(lesson_id=lesson, person_id=_who(request), now=now())
    except DomainError as refused:
        context = {"lesson": shown, "error": message_of(refused)}
        return render(request, "tutoring/room.html", context, status=409)
    return redirect(room.url)


def _own(lesson_id: UUID, request: HttpRequest) -> queries.BookedLesson:
    try:
        return queries.lesson(lesson_id, seen_by=_who(request))
    except api.LessonNotFound:
        raise Http404 from None


def _who(request: HttpRequest) -> UUID:
    return cast(UUID, request.user.pk)
