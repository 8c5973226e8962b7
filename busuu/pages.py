from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    """What is here, for somebody who has just started it."""
    return render(request, "start.html", {"development": settings.DEVELOPMENT})
