"""The tutor's desk: next lessons, requests and the week."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from contexts.shared.http.problems import message_of
from contexts.shared.kernel import DomainError
from contexts.tutoring import api, queries
from contexts.tutoring.web.pages import Visit, page

_WEEK = timedelta(days=7)
_YEARS = range(2000, 2101)


@require_safe
@page
def home(visit: Visit) -> HttpResponse:
    """Show the next lessons, and past ones that are not concluded."""
    upcoming = queries.to_come(visit.tutor_id, now=visit.now)
    coming = upcoming[0] if upcoming else None
    return visit.show(
        "home",
        coming=coming,
        room_is_open=coming is not None and queries.room_is_open(coming, now=visit.now),
        upcoming=upcoming[1:],
        over=queries.to_conclude(visit.tutor_id, now=visit.now),
        waiting=queries.waiting(visit.tutor_id),
    )


@require_safe
@page
def requests(visit: Visit) -> HttpResponse:
    """Show what learners have booked and moved, the latest first."""
    return visit.show("requests", requests=queries.requests(visit.tutor_id, now=visit.now))


@require_GET
@page
def room(visit: Visit, lesson: UUID) -> HttpResponse:
    """Enter the room. Looking at the link, or a HEAD request, does not count as presence.

    A link, not a form: the page's policy lets no form lead to another site.
    """
    try:
        entered = api.enter_room(lesson_id=lesson, person_id=visit.tutor_id, now=visit.now)
    except api.LessonNotFound:
        raise Http404 from None
    except DomainError as refused:
        messages.error(visit.request, message_of(refused))
        return redirect("tutoring-home")
    return redirect(entered.url)


@require_safe
@page
def week(visit: Visit) -> HttpResponse:
    """Show seven days with their hours and lessons, from a Monday on."""
    first = _monday(visit.request.GET.get("from", ""), visit.clock.today)
    return visit.show(
        "week",
        days=queries.week_of(visit.tutor_id, first=first),
        before=first - _WEEK,
        after=first + _WEEK,
    )


def _monday(asked: str, today: date) -> date:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today
    day = day if day.year in _YEARS else today
    return day - timedelta(days=day.weekday())


_ACTS: Mapping[str, tuple[Callable[..., None], object]] = {
    "cancel": (api.cancel_lesson, _("The lesson is canceled. The learner keeps the credit.")),
    "complete": (api.complete_lesson, _("The lesson is completed.")),
    "absence": (
        api.report_absence,
        _("Absence reported. The learner has 48 hours to answer, and then you are paid."),
    ),
    "agree": (
        partial(api.answer_absence, agree=True),
        _("You agreed that you were absent. The learner keeps the credit."),
    ),
    "dispute": (
        partial(api.answer_absence, agree=False),
        _("You disputed the report. Our staff will decide."),
    ),
}


@require_POST
@page
def act(visit: Visit, lesson: UUID, act: str) -> HttpResponse:
    """Cancel or conclude a lesson, and return to the desk. Canceling is confirmed first."""
    if act not in _ACTS:
        raise Http404
    if act == "cancel" and "confirmed" not in visit.request.POST:
        return _confirmation(visit, lesson)
    doing, done = _ACTS[act]
    try:
        doing(lesson_id=lesson, by=visit.tutor_id, now=visit.now)
    except api.LessonNotFound:
        raise Http404 from None
    except DomainError as refused:
        messages.error(visit.request, message_of(refused))
    else:
        messages.success(visit.request, str(done))
    return redirect("tutoring-home")


def _confirmation(visit: Visit, lesson: UUID) -> HttpResponse:
    try:
        found = queries.lesson(lesson, seen_by=visit.tutor_id)
    except api.LessonNotFound:
        raise Http404 from None
    return visit.show("cancel", lesson=found)
