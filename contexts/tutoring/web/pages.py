"""The frame of a tutor's pages."""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from contexts.shared.kernel import now
from contexts.tutoring import api, queries

P = ParamSpec("P")


class Visit:
    """A tutor's request, with the present time and the tutor's clock."""

    def __init__(self, request: HttpRequest, *, now: datetime) -> None:
        self.request = request
        self.now = now
        self.tutor_id = cast(UUID, request.user.pk)
        self.clock = queries.clock_of(self.tutor_id, now=now)

    def show(self, page: str, *, status: int = 200, **context: object) -> HttpResponse:
        return render(
            self.request,
            f"tutoring/{page}.html",
            {"clock": self.clock, "page": page, "now": self.now, **context},
            status=status,
        )


def page(
    view: Callable[Concatenate[Visit, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Wrap a view into a page for a signed-in tutor, in the tutor's time zone."""

    @never_cache
    @functools.wraps(view)
    @login_required(login_url="tutoring-sign-in")
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            visit = Visit(request, now=now())
        except api.NotATutor:
            return render(request, "tutoring/no_tutor.html", status=403)
        if queries.application(visit.tutor_id).state == "applied":
            return render(request, "tutoring/applied.html", status=403)
        with timezone.override(ZoneInfo(visit.clock.time_zone)):
            return view(visit, *args, **kwargs)

    return shown
