from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from busuu.version import VERSION
from busuu.workshop import demo
from contexts.courses import queries as courses


def start(request: HttpRequest) -> HttpResponse:
    """Show the start page: addresses, courses and demo people."""
    catalogue = [courses.to_course(row) for row in courses.courses().order_by("key")]
    return render(
        request,
        "start.html",
        {
            "courses": catalogue,
            "version": VERSION,
            "people": demo.PEOPLE if settings.DEVELOPMENT else (),
            "password": demo.PASSWORD,
        },
    )
