"""A lesson's page for both participants: the way into the room, and the answer to a report."""

from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from contexts.shared.http.problems import message_of
from contexts.shared.kernel import DomainError, now
from contexts.tutoring import api, queries


@never_cache
@require_http_methods(["GET", "HEAD"])
@login_required(login_url="tutoring-sign-in")
def lesson_room(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Show a lesson with its way in. A calendar that follows the link does not enter by it."""
    return _show(request, _own(lesson, request))


@never_cache
@require_http_methods(["GET"])
@login_required(login_url="tutoring-sign-in")
def enter(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Enter the room, as a participant."""
    shown = _own(lesson, request)
    try:
        room = api.enter_room(lesson_id=lesson, person_id=_who(request), now=now())
    except DomainError as refused:
        return _show(request, shown, refused=refused)
    return redirect(room.url)


@never_cache
@require_POST
@login_required(login_url="tutoring-sign-in")
def answer(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Agree to a report of one's own absence, or dispute it."""
    shown, given = _own(lesson, request), request.POST.get("answer")
    if given not in ("agree", "dispute"):
        raise Http404
    try:
        api.answer_absence(lesson_id=lesson, by=_who(request), agree=given == "agree", now=now())
    except DomainError as refused:
        return _show(request, shown, refused=refused)
    return redirect("lesson-room", lesson=lesson)


def _show(
    request: HttpRequest, lesson: queries.BookedLesson, *, refused: DomainError | None = None
) -> HttpResponse:
    instant = now()
    context = {
        "lesson": lesson,
        "now": instant,
        "room_is_open": queries.room_is_open(lesson, now=instant),
        "error": message_of(refused) if refused else "",
    }
    zone = queries.zone_of(_who(request))
    with timezone.override(ZoneInfo(zone)):
        return render(request, "tutoring/room.html", context, status=409 if refused else 200)


def _own(lesson_id: UUID, request: HttpRequest) -> queries.BookedLesson:
    try:
        return queries.lesson(lesson_id, seen_by=_who(request))
    except api.LessonNotFound:
        raise Http404 from None


def _who(request: HttpRequest) -> UUID:
    return cast(UUID, request.user.pk)
